import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { ask, enrolKiosk, HEARTBEAT, type TestKiosk } from "../server/support/kiosks.ts";
import type { Running } from "../server/support/runVitrine.ts";
import { launchChromium } from "../support/chromium.ts";
import { goTo, openConsole, press, see } from "../support/consolePage.ts";

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

/** A console open at the page of a kiosk that is well. */
async function openKiosk(t: TestContext): Promise<{ running: Running; page: Page; kiosk: TestKiosk }> {
  const { running, page } = await openConsole(t, browser);
  const kiosk = await enrolKiosk(running, "Fitting room 2");
  await kiosk.call("POST", "/heartbeat", HEARTBEAT);
  await goTo(page, `kiosks/${kiosk.id}`);
  return { running, page, kiosk };
}

/** Reads the page anew, rather than wait until it does so by itself. */
async function lookAgain(page: Page, address: string): Promise<void> {
  await goTo(page, "keys");
  await goTo(page, address);
}

const commandsOf = async (kiosk: TestKiosk): Promise<string[]> =>
  (await kiosk.call("POST", "/heartbeat", HEARTBEAT)).body.commands.map(({ kind }) => kind);

describe("the fleet page", () => {
  it("makes a kiosk, shows its code once, and shows how it is as soon as it says so", async (t) => {
    const { running, page } = await openConsole(t, browser);
    await goTo(page, "kiosks");
    await see(page, "No kiosks yet");
    await press(page, "New kiosk");
    await press(page, "Make the code", "dialog");
    await see(page, "Give it a name.", "dialog");
    await page.type("dialog input[placeholder='Fitting room 2']", "Mirror Mitte");
    await page.type("dialog input[placeholder=berlin]", "berlin");
    await press(page, "Make the code", "dialog");
    await see(page, "Code for “Mirror Mitte”", "dialog");
    const code = await page.$eval("dialog pre", (pre) => pre.textContent ?? "");
    await press(page, "Done", "dialog");
    await see(page, "waits for its code", "table");
    // The row may be there before the dialog is gone.
    await page.waitForFunction((text) => !document.documentElement.outerHTML.includes(text), {}, code);

    const enrolled = await ask(`${running.url}/v1/kiosk/enrol`, "POST", { body: { code } });
    await see(page, "not heard yet", "table"); // by itself
    const { key } = enrolled.body as unknown as { key: string };
    const body = { ...HEARTBEAT, session: "open", camera: "denied", queue: 1234, diskFree: 5.25e9 };
    await ask(`${running.url}/v1/kiosk/heartbeat`, "POST", { key, body });
    await lookAgain(page, "kiosks");
    for (const text of ["online", "in use", "not allowed", "1,234", "5.3 GB", "1 · live", "0.1.0"])
      await see(page, text, "tbody");
    running.clock.now += 91_000;
    await lookAgain(page, "kiosks");
    await see(page, "silent", "tbody");
  });

  it("tells a kiosk what to do, and shows that it waits until it is done", async (t) => {
    const { page, kiosk } = await openKiosk(t);
    await see(page, "online");
    await press(page, "Reload");
    await see(page, "Reload", "#waiting-commands");
    assert.deepEqual(await commandsOf(kiosk), ["reload"]);
    await press(page, "Wipe");
    await see(page, "Whoever stands there now loses their looks.", "dialog");
    assert.deepEqual(await commandsOf(kiosk), ["reload"], "not before it was confirmed");
    await press(page, "Wipe", "dialog");
    await see(page, "Wipe", "#waiting-commands");
    const { commands } = (await kiosk.call("POST", "/heartbeat", HEARTBEAT)).body;
    await kiosk.call("POST", "/heartbeat", { ...HEARTBEAT, done: commands.map(({ id }) => id) });
    await lookAgain(page, `kiosks/${kiosk.id}`);
    await see(page, "online");
    assert.equal(await page.$("#waiting-commands"), null);
    await goTo(page, "audit");
    await see(page, "Told a kiosk to do something");
  });

  it("revokes a kiosk after asking, gives a new code, and removes it", async (t) => {
    const { page, kiosk, running } = await openKiosk(t);
    await press(page, "Revoke");
    await press(page, "Revoke the kiosk", "dialog");
    await see(page, "revoked", ".person-head");
    assert.equal((await kiosk.call("POST", "/heartbeat", HEARTBEAT)).status, 401);
    await press(page, "New code");
    await see(page, "Code for “Fitting room 2”", "dialog");
    const code = await page.$eval("dialog pre", (pre) => pre.textContent);
    assert.equal((await ask(`${running.url}/v1/kiosk/enrol`, "POST", { body: { code } })).status, 201);
    await press(page, "Done", "dialog");
    await lookAgain(page, `kiosks/${kiosk.id}`);
    await see(page, "not heard yet", ".person-head");
    await press(page, "Remove");
    await press(page, "Remove the kiosk", "dialog");
    await see(page, "No kiosks yet");
  });
});
