import assert from "node:assert/strict";
import { after, before, describe, it, type TestContext } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { asAdmin, enrolKiosk, type Reached, type TestKiosk } from "../server/support/kiosks.ts";
import { overflowOf, violationsOf } from "../support/axe.ts";
import { accept, delivered, setStage, visit, type Stage } from "../support/shopper.ts";

const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true };

let stage: Stage;
let browser: Browser;
let server: Reached;
let kiosk: TestKiosk;
before(async () => {
  stage = await setStage();
  browser = await stage.open();
  server = { url: stage.demo.vitrineUrl, secretKey: stage.demo.vitrine.firstSecretKey! };
  kiosk = await enrolKiosk(server, "Fitting room 2");
});
after(() => stage.close());

/** A phone of its own: another browser context. What its page throws fails the test. */
async function newPhone(t: TestContext): Promise<Page> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults: unknown[] = [];
  page.on("pageerror", (error) => faults.push(error));
  t.after(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });
  await page.setViewport(PHONE);
  return page;
}

/** A phone whose owner has let the shop remember what she looks at, and has looked at a blouse. */
async function newKnownPhone(t: TestContext): Promise<Page> {
  const page = await newPhone(t);
  await visit(page, stage.demo, "/");
  await accept(page);
  await visit(page, stage.demo, "/p/B8");
  await delivered(page);
  return page;
}

/** Scans what the kiosk shows: opens the page behind the code. */
async function scan(page: Page): Promise<{ id: string; code: string }> {
  const shown = await kiosk.show();
  await page.goto(`${stage.demo.shopUrl}/mirror#${shown.code}`);
  return shown;
}

/** Waits until the page's own part says a text. */
async function see(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.getElementById("vitrine-pair")?.shadowRoot?.textContent?.includes(wanted),
    {},
    text,
  );
}

async function tap(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const buttons = document.getElementById("vitrine-pair")?.shadowRoot?.querySelectorAll("button") ?? [];
      const button = [...buttons].find((one) => one.textContent === wanted && !one.disabled);
      button?.click();
      return button !== undefined;
    },
    {},
    name,
  );
}

const buttonsOf = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() =>
    [...document.getElementById("vitrine-pair")!.shadowRoot!.querySelectorAll("button")].map(
      (button) => button.textContent,
    ),
  );

/** What the SDK keeps as this browser's device. */
const deviceOf = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error!));
      });
    const database = await settled(indexedDB.open("vitrine"));
    const device: unknown = await settled(database.transaction("kv").objectStore("kv").get("device"));
    database.close();
    return device;
  });

describe("the pairing page on the shop's origin", () => {
  it("shows the mirror's name, lends it her profile by a tap, and stays as its remote", async (t) => {
    const page = await newKnownPhone(t);
    const device = await deviceOf(page);
    const { id, code } = await scan(page);
    await see(page, "Fitting room 2");
    assert.equal(
      (await kiosk.call("GET", `/pairings/${id}`)).body.state,
      "waiting",
      "looking spends nothing",
    );
    await tap(page, "My sizes, my bag and what I looked at");
    await see(page, "The mirror is yours");
    const lease = (await kiosk.leaseOf(id))!;
    assert.deepEqual([lease.state, lease.scope], ["open", ["profile", "looks"]]);
    assert.equal(lease.profile!.recent[0]!.id, "B8");
    assert.deepEqual(await deviceOf(page), device, "the device is as it was");

    await kiosk.call("POST", `/leases/${lease.id}/lock`);
    await see(page, "The mirror has locked");
    await page.reload();
    await see(page, "The mirror has locked");
    await tap(page, "Reopen the mirror");
    await see(page, "The mirror is yours");
    assert.equal((await kiosk.call("GET", `/leases/${lease.id}`)).body.state, "open");
    await tap(page, "I’m done");
    await see(page, "All done");
    assert.equal((await kiosk.call("GET", `/leases/${lease.id}`)).body.state, "ended");
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);

    await page.evaluate(() => window.vitrine.flush());
    const events = JSON.stringify(await asAdmin(server, "GET", "/events?limit=200"));
    assert.ok(events.includes("/mirror"), "the page was viewed");
    assert.ok(!events.includes(code), "and no event has the code");
  });

  it("tells when the mirror let go", async (t) => {
    const page = await newKnownPhone(t);
    const { id } = await scan(page);
    await tap(page, "My sizes, my bag and what I looked at");
    await see(page, "The mirror is yours");
    const { id: lease } = (await kiosk.leaseOf(id))!;
    await kiosk.call("POST", `/leases/${lease}/end`);
    await see(page, "All done");
  });

  it("pairs a known phone without a word about her, if she likes", async (t) => {
    const page = await newKnownPhone(t);
    const { secret } = (await deviceOf(page)) as { secret: string };
    const { id } = await scan(page);
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.postData() ?? ""));
    await tap(page, "Nothing about me");
    await see(page, "It shows nothing about you.");
    const lease = (await kiosk.leaseOf(id))!;
    assert.deepEqual([lease.scope, lease.profile], [["looks"], undefined]);
    const confirmed = sent.find((body) => body.includes('"scope"'))!;
    assert.ok(confirmed && !confirmed.includes(secret), "her secret did not leave the phone");
    await kiosk.call("POST", `/leases/${lease.id}/lock`);
    await page.reload();
    await tap(page, "Reopen the mirror");
    await see(page, "The mirror is yours");
  });

  it("offers only that before the shop may remember her, and more as soon as it may", async (t) => {
    const page = await newPhone(t);
    await scan(page);
    await see(page, "Fitting room 2");
    assert.deepEqual(await buttonsOf(page), ["Use the mirror"]);
    await accept(page);
    await see(page, "What may it show while you are there?");
    assert.equal((await buttonsOf(page)).length, 2);
    // Taken back in another tab, say.
    await page.evaluate(() => window.vitrine.consent("denied"));
    await see(page, "This phone has told the shop nothing");
  });

  // Regression: WebKit keeps a page that was put away with a transaction under way, and the next page's waits for it.
  it("does not wait for a database that another page holds, and offers more once it answers", async (t) => {
    const page = await newKnownPhone(t);
    const other = await page.browserContext().newPage();
    await other.goto(`${stage.demo.shopUrl}/favicon.svg`);
    await other.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open("vitrine");
          opening.addEventListener("success", () => {
            const store = opening.result.transaction("kv", "readwrite").objectStore("kv");
            const hold = () => {
              resolve();
              store.get("none").addEventListener("success", hold);
            };
            hold();
          });
        }),
    );
    await page.bringToFront();
    await scan(page);
    await see(page, "This phone has told the shop nothing");
    assert.deepEqual(await buttonsOf(page), ["Use the mirror"]);
    await other.close();
    await see(page, "What may it show while you are there?");
  });

  it("says what to do with a code that was used, with none at all, and without a network", async (t) => {
    const page = await newPhone(t);
    const { code } = await scan(page);
    await see(page, "Fitting room 2");
    assert.equal(new URL(page.url()).hash, "", "the code is out of the address");
    const other = await newPhone(t);
    await other.goto(`${stage.demo.shopUrl}/mirror#${code}`);
    await tap(other, "Use the mirror");
    await see(other, "The mirror is yours");
    await tap(page, "Use the mirror");
    await see(page, "This code no longer works");

    await scan(page);
    await see(page, "Fitting room 2");
    await page.reload();
    await see(page, "Scan the code on the mirror");
    const shown = await kiosk.show();
    await page.setOfflineMode(true);
    await page.evaluate((fragment) => {
      location.hash = fragment;
    }, shown.code);
    await see(page, "There is no connection.");
    await page.setOfflineMode(false);
    await tap(page, "Try again");
    await see(page, "Fitting room 2");
  });
});

describe("the server's own pairing page", () => {
  it("pairs without a profile, and leaves no database behind", async (t) => {
    const page = await newPhone(t);
    const { id, code } = await kiosk.show();
    await page.goto(`${stage.demo.vitrineUrl}/mirror#${code}`);
    await tap(page, "Use the mirror");
    await see(page, "The mirror is yours");
    assert.deepEqual((await kiosk.leaseOf(id))!.scope, ["looks"]);
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);
  });

  for (const scheme of ["light", "dark"]) {
    it(`has no accessibility violations and fits 320 px, ${scheme}, on every screen`, async (t) => {
      const page = await newPhone(t);
      await page.setViewport({ ...PHONE, width: 320, height: 640 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      const judge = async (name: string) => {
        assert.deepEqual(await violationsOf(page), [], name);
        assert.equal(await overflowOf(page), 0, `${name} is wider than the screen`);
      };
      const { code, id } = await kiosk.show();
      await page.goto(`${stage.demo.vitrineUrl}/mirror`);
      await see(page, "Scan the code");
      await judge("no code");
      await page.goto(`${stage.demo.vitrineUrl}/mirror#${code}`);
      await see(page, "Fitting room 2");
      await judge("choice");
      await tap(page, "Use the mirror");
      await see(page, "The mirror is yours");
      await judge("open");
      const lease = (await kiosk.leaseOf(id))!.id;
      await kiosk.call("POST", `/leases/${lease}/lock`);
      await see(page, "The mirror has locked");
      await judge("locked");
      await tap(page, "I’m done");
      await see(page, "All done");
      await judge("ended");
      await page.goto(`${stage.demo.vitrineUrl}/mirror?used#${code}`);
      await see(page, "This code no longer works");
      await judge("too old");
    });
  }
});
