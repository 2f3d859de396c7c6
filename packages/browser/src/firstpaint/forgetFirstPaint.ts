import { attempt } from "../attempt.ts";
import type { FirstPaintSlot } from "../slots/createSlots.ts";

/** Takes back what the inline reader filled, and what the next page's would fill: refusal, another person. */
export function forgetFirstPaint(storage: Storage | undefined): void {
  const { vitrineFirstPaint } = window as { vitrineFirstPaint?: FirstPaintSlot[] };
  for (const { copy, original } of vitrineFirstPaint?.splice?.(0) ?? []) copy.replaceWith(original);
  for (const key of ["plan", "shown"]) attempt(() => storage!.removeItem(`vitrine.${key}`));
}
