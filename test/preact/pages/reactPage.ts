import { createElement, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { Provider, readHandOff, Slot, useDecision } from "@vitrine/preact/react";
import { startSdk } from "./startSdk.ts";
import { treeOf } from "./tree.ts";

const made = { createElement, useState, Provider, Slot, useDecision } as never;
const given = { vitrine: startSdk(), handOff: readHandOff(document) };
hydrateRoot(document.getElementById("root")!, treeOf(made, given) as never, {
  onRecoverableError: (error) => console.error(error),
});
