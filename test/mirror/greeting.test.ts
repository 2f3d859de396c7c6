// The mirror sees somebody, or misses her, while her finger is on the glass: her touch begins all the same.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";
import { openMirror, serveMirror, type ServedMirror } from "./support/mirrorPage.ts";

const GLASS = { width: 1080, height: 1920, hasTouch: true };
/** Points of the glass: its middle, and one in the panel that greets. */
const PLACES = { "the middle": [540, 800], "the panel": [540, 1700] } as const;

/** What goes down on the glass and comes up again. */
const HANDS: Record<string, (page: Page, x: number, y: number) => Promise<() => Promise<void>>> = {
  "a finger": async (page, x, y) => {
    const touch = await page.touchscreen.touchStart(x, y);
    return () => touch.end();
  },
  "a mouse": async (page, x, y) => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    return () => page.mouse.up();
  },
};

const steps = {
  in: (page: Page) => page.evaluate(() => window.world.film("turn_a")),
  away: (page: Page) => page.evaluate(() => window.world.leave()),
};

const isIdle = (page: Page) => page.waitForSelector(".idle", { timeout: 20_000 });
const isGreeted = (page: Page) =>
  page.waitForFunction(() => document.querySelector("h1")?.textContent === "Hello.", { timeout: 20_000 });
const hasBegun = (page: Page) => page.waitForSelector(".done", { timeout: 5000 });

describe("a touch while the greeting changes", () => {
  let served: ServedMirror;
  let browser: Browser;
  before(async () => {
    served = await serveMirror();
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await served.close();
  });
  const open = async () => {
    const page = await browser.newPage();
    await page.setViewport(GLASS);
    await openMirror(page, served.url);
    await isIdle(page);
    return page;
  };

  for (const [hand, put] of Object.entries(HANDS))
    for (const [place, [x, y]] of Object.entries(PLACES))
      it(`${hand} in ${place}, and she is seen before it leaves the glass`, async () => {
        const page = await open();
        const lift = await put(page, x, y);
        await steps.in(page);
        await isGreeted(page);
        await lift();
        await hasBegun(page);
        await page.close();
      });

  it("a finger beside the panel, and she is missed before it leaves the glass", async () => {
    const page = await open();
    await steps.in(page);
    await isGreeted(page);
    const lift = await HANDS["a finger"]!(page, ...PLACES["the middle"]);
    await steps.away(page);
    await isIdle(page);
    await lift();
    await hasBegun(page);
    await page.close();
  });

  it("who is greeted finds one button, with its name", async () => {
    const page = await open();
    await steps.in(page);
    await isGreeted(page);
    const tree = JSON.stringify(await page.accessibility.snapshot({ interestingOnly: true }));
    assert.equal(tree.split('"name":"Begin"').length - 1, 1, tree);
    await page.close();
  });
});
