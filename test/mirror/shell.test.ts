// The mirror's shells as they run on a floor: a real Electron, and a real Chromium behind the box.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Shell } from "../../kiosk/src/shell.ts";
import { runBox, whyNoBox } from "./support/box.ts";
import { startElectron, whyNoElectron } from "./support/electron.ts";
import { pageFolder } from "./support/pageFolder.ts";

declare global {
  /** What the tests' page leaves to them. */
  var mirror: { shell: Shell; commands: string[] };
}

/** Facts of a page that stands in a shell. */
const look = (page: Page) =>
  page.evaluate(async () => ({
    kind: globalThis.mirror.shell.kind,
    identity: await globalThis.mirror.shell.identity(),
    // Chromium without a window manager is a pixel short.
    fillsScreen: innerWidth >= screen.width - 1 && innerHeight >= screen.height - 1,
    hasNode: "require" in globalThis || "process" in globalThis,
    camera: (await navigator.permissions.query({ name: "camera" })).state,
    microphone: (await navigator.permissions.query({ name: "microphone" })).state,
  }));

test("Electron shows the page over the whole screen, with the shell and nothing else", async (t) => {
  if (whyNoElectron()) return t.skip(whyNoElectron() || "");
  const electron = await startElectron(t, ["--page", pageFolder(t)]);
  const page = await electron.page();
  assert.equal(page.url(), "mirror://kiosk/");
  assert.deepEqual(await look(page), {
    kind: "electron",
    identity: undefined,
    fillsScreen: true,
    hasNode: false,
    camera: "granted",
    microphone: "denied",
  });
});

test("Chromium shows the same page with the same shell", async (t) => {
  if (whyNoBox()) return t.skip(whyNoBox() || "");
  const box = await runBox(t, { page: pageFolder(t) });
  const page = await box.page();
  assert.match(page.url(), /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.deepEqual(await look(page), {
    kind: "chromium",
    identity: undefined,
    fillsScreen: true,
    hasNode: false,
    camera: "granted",
    microphone: "denied",
  });
});
