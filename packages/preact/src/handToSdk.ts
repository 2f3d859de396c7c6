import type { Decision, ViewNode } from "@vitrine/core";

/** What the inline first-paint reader leaves for the SDK, as the SDK reads it when it starts. */
interface FirstPaintSlot {
  rule: string;
  content: ViewNode[];
  /** The element that stands in the page, and the one with the shop's default. */
  copy: HTMLElement;
  original: HTMLElement;
}

/**
 * Hands a slot that the server filled to the SDK, in the words of the inline reader: it is counted and told as shown, left alone
 * while it stands, and undone where the person refuses or is another.
 */
export function handToSdk(
  { placement, rule = "", variant, version = 0 }: Decision,
  { content, copy, original }: Omit<FirstPaintSlot, "rule">,
): void {
  const page = globalThis as { vitrineFirstPaint?: FirstPaintSlot[] };
  (page.vitrineFirstPaint ??= []).push({ rule, content, copy, original });
  try {
    const notes = JSON.parse(localStorage.getItem("vitrine.shown") ?? "[]") as unknown[];
    const note = [rule, variant ?? null, version, placement, Date.now()];
    localStorage.setItem("vitrine.shown", JSON.stringify([...notes, note].slice(-50)));
  } catch {
    // Blocked or full storage: it was shown, and is not counted.
  }
}
