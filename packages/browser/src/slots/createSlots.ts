import type { Decision, ViewNode } from "@vitrine/core";

/** A decision that was really shown. */
export interface Exposure {
  placement: string;
  rule: string;
  variant?: string;
  version?: number;
  /** ms since 1970; absent for now. Set when the inline reader showed it earlier. */
  time?: number;
}

/** A click inside content that names what it does (`data-vitrine-act`). */
export interface SlotAct {
  act: string;
  placement: string;
  element: Element;
  event: Event;
}

/** What slots need. */
export interface SlotsOptions {
  window: Window & typeof globalThis;
  decide: (placement: string) => Decision;
  /** Content of a decision, empty for the shop's default. */
  present: (decision: Decision) => ViewNode[];
  /** Called once for each filling that was at least half in view. */
  onExposure: (exposure: Exposure) => void;
  onAct?: (act: SlotAct) => void;
}

/** The slots of a page. */
export interface Slots {
  /** Decides again: fills slots nobody has seen yet and live ones; what was seen waits for the next page. */
  update(): void;
  /** Gives the shop's default back, everywhere: after a refusal, a reset, another person. */
  undo(): void;
  stop(): void;
}

/** Finds `[data-vitrine-slot]`, also later ones, and fills them. Starts when the document is parsed. */
export function createSlots(options: SlotsOptions): Slots {
  void options;
  return { update() {}, undo() {}, stop() {} };
}
