import { createContext, createElement, render, type ComponentChildren, type FunctionComponent } from "preact";
import { useContext, useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { createBindings, type Bindings, type ProviderProps, type SlotProps } from "./createBindings.ts";

export type { Bindings, ProviderProps, SlotProps } from "./createBindings.ts";
export { readHandOff, type HandOff } from "./handOff.ts";

const bindings: Bindings<ComponentChildren> = createBindings<ComponentChildren>({
  createContext,
  createElement: createElement as never,
  useContext: useContext as never,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  renderInto: (node, element) => render(node, element),
});

/** Gives the SDK to everything inside it. */
export const Provider: FunctionComponent<ProviderProps<ComponentChildren>> = bindings.Provider as never;
/** A place that the shop's rules may fill; its children are the shop's own default. */
export const Slot: FunctionComponent<SlotProps<ComponentChildren>> = bindings.Slot as never;
/** What the rules say for a placement, kept up to date. */
export const useDecision: Bindings<ComponentChildren>["useDecision"] = bindings.useDecision;
/** The SDK; undefined while the page is rendered on a server. */
export const useVitrine: Bindings<ComponentChildren>["useVitrine"] = bindings.useVitrine;
