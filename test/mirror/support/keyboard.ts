import assert from "node:assert/strict";
import type { Page } from "puppeteer-core";

/** What has the focus: its name, and whether it is to be seen that it has. */
interface Focused {
  name: string;
  tag: string;
  isSeen: boolean;
}

/** What has the focus now. */
export async function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const text = (element.closest("label") ?? element).textContent;
    const name = element.getAttribute("aria-label") ?? (text || element.outerHTML);
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const isInside = box.bottom > 0 && box.top < innerHeight;
    const isSeen = outlineStyle === "solid" && Number.parseFloat(outlineWidth) >= 2 && isInside;
    return { name: name.trim(), tag: element.tagName, isSeen };
  });
}

/** More stops than any screen has. */
const MOST_STOPS = 40;

/** Moves the focus by Tab alone until it is there. Every stop has to be seen. */
export async function tabTo(page: Page, name: RegExp, key: "forth" | "back" = "forth"): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const now = await focused(page);
    if (now.tag !== "BODY" && now.tag !== "H1") {
      assert.ok(now.isSeen, `the focus is seen on ${now.name}`);
      if (name.test(now.name)) return;
    }
    passed.push(now.name);
    if (key === "back") await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    if (key === "back") await page.keyboard.up("Shift");
  }
  assert.fail(`Tab never comes to ${name}: ${passed.join(" | ")}`);
}

/** Presses what is called so, without a hand on the glass. */
export async function pressByKey(page: Page, name: RegExp, key: "Enter" | "Space" = "Enter"): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}
