import type { Decision, Product } from "@vitrine/core";
import type { ProductFacts } from "../sources/sourceEvent.ts";

/** What prefill did with a control. */
export interface Prefilled {
  how: "preselect" | "suggest" | "ask";
  /** The label it is about; absent for `ask`. */
  label?: string;
  decision: Decision;
}

/** What prefill needs. */
export interface PrefillOptions {
  window: Window & typeof globalThis;
  /**
   * Decides for the page's article: `product` says size system, garment group and department as the control,
   * the page's facts or its labels tell them. An outcome other than `prefill` does nothing.
   */
  decide: (product: Product) => Decision;
  facts: () => ProductFacts | undefined;
  /** Called once for each note shown: the exposure. */
  onShown?: (prefilled: Prefilled) => void;
}

/** The size control of a page. */
export interface Prefill {
  /** Looks again: a new view, new facts, a newer profile. */
  update(): void;
  /** Takes the note away and gives the shop's initial state back, where it still stands. */
  undo(): void;
  stop(): void;
}

/** Preselects, suggests or asks for the usual size; never over a choice of the shopper or the page. */
export function createPrefill(options: PrefillOptions): Prefill {
  void options;
  return { update() {}, undo() {}, stop() {} };
}
