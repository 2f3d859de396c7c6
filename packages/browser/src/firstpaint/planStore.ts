import type { SlotPlan } from "@vitrine/core";
import type { Exposure } from "../slots/createSlots.ts";
import type { ShownNote } from "./fillFirstPaint.ts";

/** Largest plan kept, in UTF-8 bytes of its JSON. */
export const MAX_PLAN_BYTES = 32_000;

const PLAN = "vitrine.plan";
const SHOWN = "vitrine.shown";

/**
 * Stores the plan for the next page; where it is too large, without the last entries of its placements.
 * @returns false when nothing could be stored (storage blocked or full); then no plan is left either.
 */
export function writePlan(storage: Storage, plan: SlotPlan): boolean {
  const slots = structuredClone(plan.slots);
  try {
    for (;;) {
      const text = JSON.stringify({ ...plan, slots });
      if (new Blob([text]).size <= MAX_PLAN_BYTES) {
        storage.setItem(PLAN, text);
        return true;
      }
      const [placement, entries] = Object.entries(slots).reduce((a, b) =>
        b[1].length < a[1].length ? a : b,
      );
      entries.pop();
      if (!entries[0]) delete slots[placement];
    }
  } catch {
    deletePlan(storage);
    return false;
  }
}

/** Deletes the plan: after reset, refusal, the end of a lease, a change of person. */
export function deletePlan(storage: Storage): void {
  try {
    storage.removeItem(PLAN);
  } catch {
    // Blocked storage holds no plan.
  }
}

/** Takes what the inline reader noted as shown, on this page or on earlier ones: each note is given once. */
export function takeShown(storage: Storage): Exposure[] {
  try {
    const notes = JSON.parse(storage.getItem(SHOWN) ?? "[]") as ShownNote[];
    storage.removeItem(SHOWN);
    return notes.map(([rule, variant, version, placement, time]) => ({
      rule,
      version,
      placement,
      time,
      ...(variant === null ? {} : { variant }),
    }));
  } catch {
    return [];
  }
}
