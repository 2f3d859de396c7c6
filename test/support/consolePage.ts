import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import type { VitrineOptions } from "../../packages/server/src/index.ts";
import { runVitrine, type Running } from "../server/support/runVitrine.ts";

/** A link that opens the console once, at the port the test's server has. */
export const loginLink = ({ vitrine, url }: Running): string =>
  url + vitrine.consoleLink().replace(/^https?:\/\/[^/]+/, "");

/** A server with a console open in a browser of its own; what the page throws or logs as an error fails the test. */
export async function openConsole(
  t: TestContext,
  browser: Browser,
  options: Partial<VitrineOptions> = {},
): Promise<{ running: Running; page: Page }> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  let running: Running | undefined;
  // Before the server's own hook: a page whose server is gone has every right to complain. A hook that fails is the last one that
  // runs, and a server that is left open keeps the test file from ending.
  t.after(async () => {
    const found = [...faults];
    await context.close();
    await running?.stop();
    assert.deepEqual(found, []);
  });
  running = await runVitrine(t, options);
  await page.setViewport({ width: 1280, height: 900 });
  await page.goto(loginLink(running));
  await page.waitForSelector(".frame");
  return { running, page };
}

/** Goes to a page of the console and waits until it shows what it read. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${address}`);
  await page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector(".skeleton"));
}

/** Waits for a text anywhere below a selector. */
export async function see(page: Page, text: string, within = "body"): Promise<void> {
  await page.waitForFunction(
    (selector, wanted) => document.querySelector(selector)?.textContent?.includes(wanted),
    {},
    within,
    text,
  );
}

/** Saves the draft and waits until it is: the word of it may be that of a save before. */
export async function saveDraft(page: Page): Promise<void> {
  await press(page, "Save draft");
  await page.waitForFunction(() => !document.body.textContent.includes("Not saved yet"));
  await see(page, "Draft saved");
}

/**
 * Clicks the button of that name, as soon as it is there, can be clicked and is covered by nothing. Found and clicked in
 * one go: a page that renders in between would move it from under the pointer.
 */
export async function press(page: Page, name: string, within = "body"): Promise<void> {
  await page.waitForFunction(
    (selector, wanted) => {
      const button = [...document.querySelectorAll<HTMLButtonElement>(`${selector} button`)].find(
        (one) => !one.disabled && (one.getAttribute("aria-label") ?? one.textContent)?.trim() === wanted,
      );
      if (!button) return false;
      button.scrollIntoView({ block: "nearest", behavior: "instant" });
      const { left, top, width, height } = button.getBoundingClientRect();
      if (!button.contains(document.elementFromPoint(left + width / 2, top + height / 2))) return false;
      button.focus();
      button.click();
      return true;
    },
    {},
    within,
    name,
  );
}
