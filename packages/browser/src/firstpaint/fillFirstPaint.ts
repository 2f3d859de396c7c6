import type { PlanEntry, SlotGuard, SlotPlan } from "@vitrine/core";
import { buildContent } from "../slots/buildContent.ts";
import { attempt } from "../attempt.ts";
import { onActivation } from "../onActivation.ts";
import type { FirstPaintSlot } from "../slots/createSlots.ts";
import { adoptStyle, CONTENT_CSS } from "../slots/style.ts";

/** A note of what was shown, in `vitrine.shown`. */
export type ShownNote = [
  rule: string,
  variant: string | null,
  version: number,
  placement: string,
  time: number,
];

/** A session ends after this much idleness. */
const IDLE_MS = 30 * 60_000;

/** Fills slots from the stored plan while the page is parsed, before anything is painted. Never throws. */
export function fillFirstPaint(window: Window & { vitrineFirstPaint?: FirstPaintSlot[] }, now: number): void {
  try {
    const { document, localStorage, location } = window;
    const read = (key: string) => JSON.parse(localStorage.getItem("vitrine." + key)!);
    const plan: SlotPlan | null = read("plan");
    if (plan?.v !== 1 || !(plan.notAfter > now)) return;
    const last: number = read("session")?.last ?? 0;
    const isNew = now - last > IDLE_MS;
    const notes = (): ShownNote[] => read("shown") ?? [];
    const shown: FirstPaintSlot[] = (window.vitrineFirstPaint = []);

    const holds = (
      rule: string,
      { new: fresh, from = 0, to = Infinity, path, query, left }: SlotGuard,
    ): boolean =>
      (fresh ?? isNew) === isNew &&
      from <= now &&
      now < to &&
      (path ?? [location.pathname]).includes(location.pathname) &&
      (!query || new URLSearchParams(location.search).get(query[0]) === query[1]) &&
      (!left ||
        notes().filter((note) => note[0] === rule && !(isNew && note[4] < last + IDLE_MS)).length <
          left[isNew ? "fresh" : "now"]);

    const fill = (original: HTMLElement): void => {
      const placement = original.dataset["vitrineSlot"]!;
      // What every object has is no list: a slot that is called so throws below, and keeps its default.
      const entries = plan.slots[placement];
      if (!entries || !original.isConnected || shown.some((one) => one.copy === original)) return;
      const entry = entries.find(({ rule, guard }: PlanEntry) => holds(rule, guard));
      if (!entry) return;
      const { rule, variant = null, content } = entry;
      if (content[0]) {
        const copy = original.cloneNode() as HTMLElement;
        copy.append(...buildContent(content, document));
        if (!shown[0]) adoptStyle(document, CONTENT_CSS);
        shown.push({ rule, content, copy, original });
        // The parser goes on into the detached original.
        original.replaceWith(copy);
      }
      const note: ShownNote = [rule, variant, plan.version, placement, now];
      // Nobody has seen a page that was only rendered ahead. Storage may be full.
      onActivation(document, () =>
        attempt(() => localStorage.setItem("vitrine.shown", JSON.stringify([...notes(), note].slice(-50)))),
      );
    };
    const observer = new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          try {
            if ((node as HTMLElement).dataset?.["vitrineSlot"]) fill(node as HTMLElement);
          } catch {
            // Content that is not ours, or a full storage: the shop's default stands.
          }
    });
    observer.observe(document, { childList: true, subtree: true });
    // A short page is parsed in one go: its end comes before the observer was called, which is a microtask already.
    document.addEventListener("DOMContentLoaded", () => queueMicrotask(() => observer.disconnect()));
  } catch {
    // Storage that is blocked, a plan that is no JSON: the page stays as it is.
  }
}
