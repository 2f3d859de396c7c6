import type { SlotPlan } from "@vitrine/core";
import type { Exposure } from "../slots/createSlots.ts";

/** Largest plan kept, in bytes of UTF-16 as `localStorage` counts them. */
export const MAX_PLAN_BYTES = 32_000;

/**
 * Stores the plan for the next page, without its last entries where it is too large.
 * @returns false when nothing could be stored (storage blocked or full); then no plan is left either.
 */
export function writePlan(storage: Storage, plan: SlotPlan): boolean {
  void storage;
  void plan;
  return false;
}

/** Deletes the plan: after reset, refusal, the end of a lease, a change of person. */
export function deletePlan(storage: Storage): void {
  void storage;
}

/** Takes what the inline reader noted as shown, on this page or on earlier ones: each note is given once. */
export function takeShown(storage: Storage): Exposure[] {
  void storage;
  return [];
}
