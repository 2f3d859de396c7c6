// A recording that cannot be stored ends when that is known, on the glass as well: the light never lies.
import assert from "node:assert/strict";
import { it } from "node:test";
import type { Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";
import { pressByKey } from "./support/keyboard.ts";
import { openMirror, serveMirror } from "./support/mirrorPage.ts";

const see = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.querySelector("#mirror")!.textContent.includes(wanted), {}, text);

/** Records until a slice was refused or the turn is over: time stands still once the light is on. */
async function beginRecording(page: Page): Promise<void> {
  await page.waitForSelector(".live .main:enabled");
  await pressByKey(page, /^Record a turn/);
  await see(page, "Face the mirror");
  await page.evaluate(() => window.world.skip(3000));
  await see(page, "Turn once around");
  await page.evaluate(() => window.world.hold());
}

it("a mirror without room says so at once, with its light off, and records again when there is some", async (t) => {
  const served = await serveMirror();
  t.after(() => served.close());
  const browser = await launchChromium({ args: ["--autoplay-policy=no-user-gesture-required"] });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await openMirror(page, served.url);
  await page.evaluate(() => window.world.film("turn_a"));
  await see(page, "Hello.");
  await pressByKey(page, /^Begin$/);

  const disk = await page.createCDPSession();
  const origin = served.url;
  await disk.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 100_000 });
  await beginRecording(page);
  await see(page, "There is no room for another recording; your looks are safe.");
  assert.equal(await page.$(".taking"), null, "the light is off");

  await disk.send("Storage.overrideQuotaForOrigin", { origin });
  await page.evaluate(() => window.world.release());
  await beginRecording(page);
  // Time stands for the page, not for the recorder, which needs some of it for its first picture.
  await page.evaluate(() => window.world.film("turn_a"));
  await page.waitForFunction(() => window.world.isTurned());
  await page.evaluate(() => window.world.release());
  await page.evaluate(() => window.world.skip(8000));
  await page.waitForSelector(".shelf li");
});
