// A camera that shows nothing says nothing of the shopper: she is not sent away, and whoever did leave is missed once it sees.
import assert from "node:assert/strict";
import { it } from "node:test";
import { en } from "../../kiosk/src/strings/en.ts";
import { launchChromium } from "../support/chromium.ts";
import { breakCamera, keepRealCamera, type BreakableCamera } from "./support/breakableCamera.ts";
import { pressByKey } from "./support/keyboard.ts";
import { openMirror, serveMirror } from "./support/mirrorPage.ts";

declare global {
  interface Window {
    camera: BreakableCamera;
  }
}

it("a session outlives a camera that shows nothing, and ends when it sees that she is gone", async (t) => {
  const served = await serveMirror();
  t.after(() => served.close());
  const browser = await launchChromium({
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(keepRealCamera);
  await openMirror(page, served.url, undefined, () => page.evaluateOnNewDocument(breakCamera, undefined));
  const says = (text: string) =>
    page.waitForFunction((word) => document.querySelector("#mirror")!.textContent.includes(word), {}, text);
  await page.evaluate(() => window.world.film("turn_a"));
  await says("Hello.");
  await pressByKey(page, /^Begin$/);
  await says("Record a turn");

  await page.evaluate(() => window.camera.befall("black"));
  await says(en.cameraStates.black);
  await page.evaluate(() => window.world.leave());
  await page.evaluate(() => window.world.skip(8000));
  const shown = await page.evaluate(() => document.querySelector("#mirror")!.textContent);
  assert.ok(shown.includes(en.cameraStates.black), shown);

  await page.evaluate(() => window.camera.befall(undefined));
  await page.waitForSelector(".camera-light");
  await page.evaluate(() => window.world.skip(4000));
  await says("Goodbye.");
});
