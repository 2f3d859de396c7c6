import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  type FunctionComponent,
  type ReactNode,
} from "react";
import { createRoot } from "react-dom/client";
import { createBindings, type Bindings, type ProviderProps, type SlotProps } from "./createBindings.ts";

export type { Bindings, ProviderProps, SlotProps } from "./createBindings.ts";
export { readHandOff, type HandOff } from "./handOff.ts";

const bindings: Bindings<ReactNode> = createBindings<ReactNode>({
  createContext,
  createElement: createElement as never,
  useContext: useContext as never,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  renderInto: (node, element) => createRoot(element).render(node),
});

/** Gives the SDK to everything inside it. */
export const Provider: FunctionComponent<ProviderProps<ReactNode>> = bindings.Provider as never;
/** A place that the shop's rules may fill; its children are the shop's own default. */
export const Slot: FunctionComponent<SlotProps<ReactNode>> = bindings.Slot as never;
/** What the rules say for a placement, kept up to date. */
export const useDecision: Bindings<ReactNode>["useDecision"] = bindings.useDecision;
/** The SDK; undefined while the page is rendered on a server. */
export const useVitrine: Bindings<ReactNode>["useVitrine"] = bindings.useVitrine;
