import type { Page } from "puppeteer-core";

/** What a page painted, ms from the start of its navigation. */
export interface Paint {
  firstContentful: number;
  largestContentful: number;
  /** Sum of layout shifts, not counting those that follow an input. */
  shift: number;
  /** What Element Timing reported in the slot: the shop's `default`, and `ours`. */
  seen: string[];
}

/** What entries of the four kinds that are heard have, each some of it. */
interface Entry extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
  identifier: string;
}

/**
 * Records what a page paints, from its next navigation on. Everything that comes into `slot` is marked for Element
 * Timing by whose it is, before it can be painted.
 */
export async function watchPaint(page: Page, slot: string): Promise<void> {
  await page.evaluateOnNewDocument((selector: string) => {
    const paint: Paint = { firstContentful: Number.NaN, largestContentful: Number.NaN, shift: 0, seen: [] };
    Object.assign(globalThis, { paint });
    const heard: Record<string, (entry: Entry) => void> = {
      paint: ({ name, startTime }) => {
        if (name === "first-contentful-paint") paint.firstContentful = startTime;
      },
      "largest-contentful-paint": ({ startTime }) => {
        paint.largestContentful = startTime;
      },
      "layout-shift": ({ value, hadRecentInput }) => {
        if (!hadRecentInput) paint.shift += value;
      },
      element: ({ identifier }) => paint.seen.push(identifier),
    };
    for (const [type, note] of Object.entries(heard)) {
      const observer = new PerformanceObserver((list) => (list.getEntries() as Entry[]).forEach(note));
      observer.observe({ type, buffered: true });
    }
    const mark = (node: Node) => {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element?.closest(selector)) return;
      for (const one of [element, ...element.querySelectorAll("*")]) {
        // The slot itself is neither's.
        if (one.matches(selector)) continue;
        one.setAttribute("elementtiming", one.closest("[class^='vitrine-']") ? "ours" : "default");
      }
    };
    new MutationObserver((records) => {
      for (const { addedNodes } of records) addedNodes.forEach(mark);
    }).observe(document, { childList: true, subtree: true });
  }, slot);
}

/** What was painted so far. */
export function readPaint(page: Page): Promise<Paint> {
  return page.evaluate("paint") as Promise<Paint>;
}
