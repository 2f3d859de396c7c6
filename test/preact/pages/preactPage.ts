import { createElement, hydrate } from "preact";
import { useState } from "preact/hooks";
import { Provider, readHandOff, Slot, useDecision } from "@vitrine/preact";
import { startSdk } from "./startSdk.ts";
import { treeOf } from "./tree.ts";

const made = { createElement, useState, Provider, Slot, useDecision } as never;
const given = { vitrine: startSdk(), handOff: readHandOff(document) };
hydrate(treeOf(made, given) as never, document.getElementById("root")!);
