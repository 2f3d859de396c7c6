import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, it, type TestContext } from "node:test";
import { SignJWT } from "jose";
import type { Browser, Page } from "puppeteer-core";
import type { Ruleset, SignedRuleset } from "@vitrine/core";
import { asKey } from "../server/support/asKey.ts";
import { newKioskKey } from "../server/support/newKioskKey.ts";
import { enrolKiosk, HEARTBEAT } from "../server/support/kiosks.ts";
import { newDevice, NOW, runVitrine, type Device, type Running } from "../server/support/runVitrine.ts";
import { overflowOf, violationsOf } from "../support/axe.ts";
import { launchChromium } from "../support/chromium.ts";
import { goTo, loginLink, openConsole, press, saveDraft, see } from "../support/consolePage.ts";
import { intercept } from "../support/shopper.ts";

const PROOF_SECRET = "the shop's own secret of 32 bytes or more";
const PAGES = [
  "overview",
  "events",
  "customers",
  "customers/user/anna",
  "requests",
  "devices",
  "kiosks",
  "rules",
  "keys",
  "audit",
];

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

const openShop = (t: TestContext) =>
  openConsole(t, browser, { proof: { alg: "HS256", secret: PROOF_SECRET } });

const viewed = (device: Device, name: string, more: object = {}) => ({
  type: "track",
  event: "Product Viewed",
  messageId: randomBytes(8).toString("hex"),
  anonymousId: device.id,
  timestamp: new Date(NOW - 60_000).toISOString(),
  properties: {
    product_id: name,
    name,
    category: "Skirts",
    category_id: "skirts",
    price: 52,
    currency: "USD",
  },
  context: { channel: "web", consent: ["analytics", "personalization"] },
  ...more,
});

/** A shopper whose id the shop has proved: viewed a skirt, bought M twice. */
async function sendAnna(running: Running): Promise<Device> {
  const anna = newDevice();
  const order = (id: string) =>
    viewed(anna, id, {
      event: "Order Completed",
      properties: {
        order_id: id,
        total: 52,
        currency: "USD",
        products: [
          { product_id: id, name: id, size: "M", size_system: "INT", size_group: "bottoms", quantity: 1 },
        ],
      },
    });
  const token = await new SignJWT({
    aud: "default",
    sub: "anna",
    iat: NOW / 1000,
    exp: NOW / 1000 + 300,
    device: anna.id,
  })
    .setProtectedHeader({ alg: "HS256" })
    .sign(Buffer.from(PROOF_SECRET));
  const identify = {
    type: "identify",
    messageId: "i1",
    anonymousId: anna.id,
    userId: "anna",
    context: { proof: token },
  };
  const events = [viewed(anna, "Pleated midi skirt"), order("A-1"), order("A-2"), identify];
  const results = await running.send(events, { device: anna.secret });
  assert.ok(results.every(({ status }) => status === "accepted"));
  return anna;
}

/** A device that holds two events, dropped one, and lost two of a finished page load. */
async function sendTroubled(running: Running): Promise<Device> {
  const device = newDevice();
  const at = (id: string, seq: number, more: object = {}) =>
    viewed(device, "Skirt", { context: { channel: "web", writer: { id, seq } }, ...more });
  const loss = { reason: "no_space", writer: "w", seqs: [2, 2], count: 1 };
  const events = [at("w", 1), at("w", 5), at("v", 1, { event: "Events Dropped", properties: loss })];
  await running.send(events, {
    device: device.secret,
    queued: 2,
    rules: 1,
    finished: [{ id: "w", last: 5 }],
  });
  return device;
}

async function readRules({ url, siteKey }: Running): Promise<Ruleset> {
  const signed = (await (await fetch(`${url}/v1/rules?site=${siteKey}`)).json()) as SignedRuleset;
  return JSON.parse(signed.payload) as Ruleset;
}

/** Types into the rules editor what `change` makes of its JSON. */
async function editRules(page: Page, change: (text: string) => string): Promise<void> {
  const area = (await page.waitForSelector("#rules-json"))!;
  const text = await area.evaluate((element) => (element as HTMLTextAreaElement).value);
  // As a paste: typing a thousand characters one by one would be the same to the page.
  await area.evaluate((element, next) => {
    (element as HTMLTextAreaElement).value = next;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, change(text));
}

describe("the requests of shoppers", () => {
  it("appear by themselves, are answered, and the answer reaches the mirror", async (t) => {
    const { running, page } = await openShop(t);
    const kiosk = asKey(running, newKioskKey(running));
    const sizes = ["S", "M"].map((size) => ({ size, sku: `c1-${size}` }));
    await asKey(running, running.secretKey)("PUT", "/v1/catalogue", {
      articles: [{ sku: "c1", name: "Wool coat", sizes }],
    });
    const ask = (size: string) =>
      kiosk<{ id: string; state: string }>("POST", "/v1/kiosk/requests", { sku: "c1", size });
    const { body } = await ask("M");
    await see(page, "1waiting for an answer", "nav");
    await goTo(page, "requests");
    await see(page, "Wool coat, size M", "main");
    await ask("S");
    await see(page, "Wool coat, size S", "main");
    await press(page, "Bringing it: Wool coat, size M");
    await see(page, "on its way", "main");
    await see(page, "1waiting for an answer", "nav");
    const state = await kiosk<{ state: string }>("GET", `/v1/kiosk/requests/${body.id}`);
    assert.equal(state.body.state, "coming");
    await press(page, "We don't have it: Wool coat, size S");
    await page.waitForFunction(() => !document.querySelector("nav .chip"));
    assert.deepEqual(await violationsOf(page), []);
  });
});

describe("the console", () => {
  it("opens by a one-use link; the second use is refused", async (t) => {
    const running = await runVitrine(t);
    const link = loginLink(running);
    const context = await browser.createBrowserContext();
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(link);
    await see(page, "Overview", "main h1");
    assert.ok(!page.url().includes("token"), "the token leaves the address bar");
    const stranger = await (await browser.createBrowserContext()).newPage();
    t.after(() => stranger.browserContext().close());
    const answer = await stranger.goto(link);
    assert.equal(answer!.status(), 403);
    await see(stranger, "This link no longer works", "h1");
  });

  it("lets in with a secret key, and out again", async (t) => {
    const running = await runVitrine(t);
    const context = await browser.createBrowserContext();
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(`${running.url}/console/`);
    await page.waitForSelector("input[type=password]");
    await page.type("input[type=password]", "vk_wrong");
    await press(page, "Sign in");
    await see(page, "This is no secret key of this server");
    await page.$eval("input[type=password]", (input) => input.select());
    await page.type("input[type=password]", running.secretKey);
    await press(page, "Sign in");
    await page.waitForSelector(".frame");
    await press(page, "Sign out");
    await page.waitForSelector("input[type=password]");
    await page.reload();
    await page.waitForSelector("input[type=password]");
  });

  it("shows the list that was read between a page's first drawing and its second thought", async (t) => {
    const { page } = await openShop(t);
    const asked = Promise.withResolvers<() => void>();
    await intercept(page, (request) =>
      request.url().includes("/events?")
        ? new Promise((answer) => asked.resolve(() => answer(undefined)))
        : undefined,
    );
    await page.reload();
    await page.waitForSelector(".frame");
    const answer = await asked.promise;
    // Effects wait for a frame or a timer: none comes until the list was read.
    await page.evaluate(async () => {
      const { requestAnimationFrame: frame, setTimeout: timer } = window;
      const held: (() => void)[] = [];
      window.requestAnimationFrame = (callback) => held.push(() => frame(callback));
      window.setTimeout = ((callback: () => void) => held.push(() => timer(callback))) as never;
      Object.assign(window, {
        letGo: () => {
          Object.assign(window, { requestAnimationFrame: frame, setTimeout: timer });
          held.splice(0).forEach((one) => one());
        },
      });
      location.hash = "#/events";
    });
    await page.waitForSelector("#live-events");
    const read = page.waitForResponse((response) => response.url().includes("/events?"));
    answer();
    await (await read).text();
    await page.evaluate(() => (window as unknown as { letGo: () => void }).letGo());
    await see(page, "No events yet");
  });

  it("shows an event that is posted now, without a reload, as text whatever it says", async (t) => {
    const { running, page } = await openShop(t);
    await goTo(page, "events");
    await see(page, "No events yet");
    await see(page, `data-site="${running.siteKey}"`);
    await page.evaluate(() => Object.assign(window, { marked: true }));
    const device = newDevice();
    await running.send([viewed(device, "<img src=x onerror=alert(1)>")], { device: device.secret });
    await see(page, "<img src=x onerror=alert(1)>", "#live-events");
    assert.equal(await page.evaluate(() => (window as unknown as { marked?: boolean }).marked), true);
    await page.click("#live-events button");
    await see(page, '"Product Viewed"', "#live-events pre");
  });

  it("holds the list still while paused, and filters it", async (t) => {
    const { running, page } = await openShop(t);
    const device = newDevice();
    await running.send([viewed(device, "first")], { device: device.secret });
    await goTo(page, "events");
    await see(page, "first", "#live-events");
    await press(page, "Pause");
    await running.send([viewed(device, "second")], { device: device.secret });
    await page.waitForSelector("button[aria-pressed=true] .chip");
    assert.equal((await page.$$("#live-events > li")).length, 1);
    await page.click("button[aria-pressed=true]");
    await see(page, "second", "#live-events");
    await page.type("input[type=search]", "FIRST");
    await page.waitForFunction(() => document.querySelectorAll("#live-events > li").length === 1);
    await see(page, "first", "#live-events");
  });

  it("shows a customer's timeline, and what every rule makes of it, with the values it saw", async (t) => {
    const { running, page } = await openShop(t);
    const anna = await sendAnna(running);
    await goTo(page, "customers");
    await see(page, "anna", "table");
    await goTo(page, "customers/user/anna");
    await see(page, "anna", "h1");
    await see(page, "Looked at Pleated midi skirt");
    await see(page, "proven");
    await see(page, "Still looking for Skirts?");
    await see(page, "Because you looked at Skirts last time.");
    await see(page, "would be preselected, visibly");
    await page.evaluate(() =>
      document.querySelectorAll("details").forEach((details) => (details.open = true)),
    );
    await see(page, "a last viewed category is known — saw");
    await see(page, "the visit is new — saw true");
    await press(page, "During a visit");
    await see(page, "home-continue: its conditions do not hold");
    // Something new of this customer comes by: the page follows.
    await running.send([viewed(anna, "Wrap skirt")], { device: anna.secret });
    await see(page, "Looked at Wrap skirt");
  });

  it("says of every device what it holds, dropped and lost, and of the site how much is accounted for", async (t) => {
    const { running, page } = await openShop(t);
    await goTo(page, "devices");
    await see(page, "No devices yet");
    await see(page, "Nothing was sent yet.");
    await sendAnna(running);
    const { id } = await sendTroubled(running);
    await goTo(page, "overview");
    await see(page, "of 12 events are accounted for"); // 7 stored, 2 on the device, 1 dropped, 2 lost
    await page.evaluate(() =>
      [...document.querySelectorAll("a")].find((a) => a.textContent === "By device")!.click(),
    );
    await see(page, "Still on devices, as they last said");
    await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 2);
    await press(page, "Something is not here");
    await page.waitForFunction(() => document.querySelectorAll("main tbody tr").length === 1);
    await page.focus("main tbody a");
    await page.keyboard.press("Enter");
    await page.waitForFunction((hash) => location.hash === hash, {}, `#/devices/${id}`);
    await see(page, "2 wait on the device");
    await see(page, "2 never arrived");
    await see(page, "3–4", "tbody");
    await see(page, "no room left on the device");
    await see(page, "1 · live");
  });

  it("takes a wrong join apart after asking", async (t) => {
    const { running, page } = await openShop(t);
    const anna = await sendAnna(running);
    await goTo(page, `customers/anonymous/${anna.id}`);
    await press(page, "Undo");
    await see(page, "become two customers again", "dialog");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    assert.equal(running.vitrine.services.collector.graph.members("default", "user:anna").length, 2);
    await press(page, "Undo");
    await press(page, "Undo the join", "dialog");
    await see(page, "The join is undone.");
    assert.equal(running.vitrine.services.collector.graph.members("default", "user:anna").length, 1);
    await goTo(page, "audit");
    await see(page, "Undid a join");
  });

  it("erases a customer who asks for it, after asking", async (t) => {
    const { running, page } = await openShop(t);
    const anna = await sendAnna(running);
    const { graph, rows } = running.vitrine.services.collector;
    await goTo(page, "events");
    await see(page, "Said who they are", "#live-events"); // the last of hers: each that comes later has her page read again
    await goTo(page, "customers/user/anna");
    await press(page, "Erase …");
    await see(page, "Nobody can bring it back", "dialog");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    assert.equal(graph.members("default", "user:anna").length, 2);
    await press(page, "Erase …");
    await press(page, "Erase for good", "dialog");
    await see(page, "2 identities were forgotten.");
    assert.equal(graph.members("default", "user:anna").length, 1);
    assert.equal(rows.read("default", "user:anna"), undefined);
    await goTo(page, "audit");
    await see(page, "Erased a customer");
    await page.waitForFunction((id) => !document.body.textContent.includes(id), {}, anna.id);
  });

  it("lists whom the last search asked for, though the answer to one before comes late", async (t) => {
    const { running, page } = await openShop(t);
    await sendAnna(running);
    const late = Promise.withResolvers<void>();
    const isFirst = (url: string) => url.endsWith("?query=an");
    await intercept(page, async (request) => {
      if (isFirst(request.url())) await late.promise;
      return undefined;
    });
    await goTo(page, "customers");
    const first = page.waitForRequest((request) => isFirst(request.url()));
    await page.type("input[type='search']", "an");
    await first;
    await page.type("input[type='search']", "na");
    await page.waitForResponse((response) => response.url().endsWith("?query=anna"));
    await see(page, "anna", "tbody");
    const answer = page.waitForResponse((response) => isFirst(response.url()));
    late.resolve();
    await (await answer).text();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await see(page, "anna", "tbody");
  });

  it("publishes an edited rule, devices read it at once, and rolls it back", async (t) => {
    const { running, page } = await openShop(t);
    await goTo(page, "rules");
    await press(page, "JSON");
    await editRules(page, (text) => text.replace("Still looking for {category}?", "Back to {category}?"));
    await saveDraft(page);
    await see(page, "1 rule differs", "#draft-rules");
    assert.equal((await readRules(running)).version, 1, "a draft changes nothing for shoppers");
    await press(page, "Changes", "#draft-rules");
    await see(page, "Back to {category}?", ".diff .added");
    await press(page, "Publish …");
    await page.type("dialog input", "Shorter");
    await press(page, "Publish", "dialog");
    await see(page, "Version 2", "#live-rules");
    const published = await readRules(running);
    assert.equal(published.version, 2);
    assert.match(JSON.stringify(published.rules), /Back to \{category\}\?/);
    await see(page, "Shorter", "#rules-history");

    await press(page, "Roll back: Version 1");
    await see(page, "as version 3", "dialog");
    await press(page, "Roll back", "dialog");
    await see(page, "Version 3", "#live-rules");
    const rolledBack = await readRules(running);
    assert.equal(rolledBack.version, 3);
    assert.match(JSON.stringify(rolledBack.rules), /Still looking for \{category\}\?/);
  });

  for (const [place, address] of [
    ["in the draft", "rules"],
    ["on a rule's own page", "rules/home-resume/edit"],
  ] as const) {
    it(`keeps what is typed ${place} while a save is under way`, async (t) => {
      const { page } = await openShop(t);
      const slow = Promise.withResolvers<void>();
      const saved: string[] = [];
      await intercept(page, async (request) => {
        if (request.method() !== "PUT") return undefined;
        saved.push(request.postData()!);
        await slow.promise;
        return undefined;
      });
      await goTo(page, address);
      if (address === "rules") await press(page, "JSON");
      await editRules(page, (text) => text.replace('"href": "/cart"', '"href": "/bag"'));
      await press(page, "Save draft");
      await editRules(page, (text) => text.replace('"href": "/bag"', '"href": "/basket"'));
      await press(page, "Save draft");
      await editRules(page, (text) => text.replace('"href": "/basket"', '"href": "/trolley"'));
      assert.equal(saved.length, 1, "one save after the other: the last pressed is the one that stays");
      const second = page.waitForResponse(
        (response) => response.request().postData()?.includes("/basket") === true,
      );
      slow.resolve();
      await second;
      await see(page, "Not saved yet");
      const text = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value);
      assert.match(text, /"\/trolley"/);
      await saveDraft(page);
      assert.deepEqual(
        saved.map((body) => /"href":"(\/[bt]\w+)"/.exec(body)?.[1]),
        ["/bag", "/basket", "/trolley"],
      );
    });
  }

  it("shows the draft as it was saved, though an answer of before comes late", async (t) => {
    const { page } = await openShop(t);
    const asked = { count: 0, late: Promise.withResolvers<void>() };
    let before: string | undefined;
    page.on("response", async (response) => {
      if (response.url().endsWith("/v1/admin/rules")) before ??= await response.text();
    });
    await intercept(page, async (request) => {
      if (!request.url().endsWith("/v1/admin/rules") || asked.count++ !== 1) return undefined;
      await asked.late.promise;
      return { status: 200, contentType: "application/json", body: before! };
    });
    await goTo(page, "rules");
    await press(page, "JSON");
    await editRules(page, (text) => text.replace('"href": "/cart"', '"href": "/bag"'));
    await saveDraft(page);
    await press(page, "Discard draft");
    await press(page, "Discard draft", "dialog");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await editRules(page, (text) => text.replace('"href": "/bag"', '"href": "/basket"'));
    await saveDraft(page);
    const late = page.waitForResponse((response) => response.url().endsWith("/v1/admin/rules"));
    asked.late.resolve();
    await (await late).text();
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    await see(page, "1 rule differs", "#draft-rules");
    assert.match(
      await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value),
      /"\/basket"/,
    );
  });

  it("says at which line a rule is wrong, and saves nothing until it is mended", async (t) => {
    const { page } = await openShop(t);
    await goTo(page, "rules");
    await press(page, "JSON");
    await editRules(page, (text) => text.replace('"href": "/cart"', '"href": "javascript:alert(1)"'));
    await see(page, "Is not a safe address", "#rules-problems");
    const line = await page.$eval(".gutter .wrong", (mark) => Number(mark.textContent));
    const text = await page.$eval("#rules-json", (area) => (area as HTMLTextAreaElement).value.split("\n"));
    assert.match(text[line - 1]!, /javascript:alert/);
    assert.equal(
      await page.$$eval(
        "#draft-rules button",
        (buttons) => buttons.find((b) => b.textContent === "Save draft")?.disabled,
      ),
      true,
    );
    await editRules(page, (wrong) => wrong.slice(0, -4));
    await see(page, "This is not JSON yet", "#rules-problems");
  });

  it("follows an address that changes before the first frame was painted", async (t) => {
    const { page, running } = await openShop(t);
    await page.evaluateOnNewDocument(() => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector(".frame")) return;
        observer.disconnect();
        location.hash = "#/keys";
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(`${running.url}/console/?again`);
    await press(page, "New key");
  });

  it("makes a key, shows it once, and revokes it", async (t) => {
    const { running, page } = await openShop(t);
    await goTo(page, "keys");
    await press(page, "New key");
    await page.type("dialog input[type=text]", "till Berlin");
    await press(page, "Create key", "dialog");
    await see(page, "Copy it now", "dialog");
    const key = await page.$eval("dialog pre", (pre) => pre.textContent ?? "");
    assert.ok(running.vitrine.services.keys.check(key));
    await press(page, "I have stored it", "dialog");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    await see(page, "till Berlin", "table");
    assert.ok(!(await page.content()).includes(key));
    await press(page, "Revoke till Berlin");
    await press(page, "Revoke the key", "dialog");
    await see(page, "revoked", "table");
    assert.equal(running.vitrine.services.keys.check(key), undefined);
  });

  it("makes one key for who clicks twice", async (t) => {
    const { page } = await openShop(t);
    const slow = Promise.withResolvers<void>();
    let made = 0;
    await intercept(page, async (request) => {
      if (request.method() !== "POST") return undefined;
      made++;
      await slow.promise;
      return undefined;
    });
    await goTo(page, "keys");
    await press(page, "New key");
    await page.type("dialog input[type=text]", "till Berlin");
    await page.click("dialog .primary", { count: 2 });
    await page.keyboard.press("Enter");
    slow.resolve();
    await see(page, "Copy it now", "dialog");
    assert.equal(made, 1, "a key that nobody saw would stay alive");
  });

  it("works by keyboard: skip link, pages, dialogs that give the focus back", async (t) => {
    const { page } = await openShop(t);
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "Skip to the page");
    await page.keyboard.press("Enter");
    assert.equal(await focused(), "Overview");
    await page.focus("nav a[href='#/keys']");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => document.activeElement?.tagName === "H1" && document.activeElement.textContent === "Keys",
    );
    await page.keyboard.press("Tab");
    assert.equal(await focused(), "New key");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => !document.querySelector("dialog"));
    assert.equal(await focused(), "New key");
  });

  it("asks to sign in again when the session has ended", async (t) => {
    const running = await runVitrine(t);
    const context = await browser.createBrowserContext();
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(loginLink(running));
    await page.waitForSelector(".frame");
    running.clock.now = NOW + 9 * 3_600_000;
    await page.evaluate(() => {
      location.hash = "#/keys";
    });
    await see(page, "Your session has ended");
  });

  for (const scheme of ["light", "dark"]) {
    for (const width of [1280, 820]) {
      it(`has no accessibility violations, ${scheme}, ${width} px wide`, async (t) => {
        const { running, page } = await openShop(t);
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await page.setViewport({ width, height: 1000 });
        const { id } = await sendAnna(running);
        await sendTroubled(running);
        const kiosk = await enrolKiosk(running);
        await kiosk.call("POST", "/heartbeat", { ...HEARTBEAT, camera: "denied", diskFree: 5e9 });
        for (const address of [...PAGES, `devices/${id}`, `kiosks/${kiosk.id}`]) {
          await goTo(page, address);
          assert.deepEqual(await violationsOf(page), [], address);
          assert.equal(await overflowOf(page), 0, `${address} is wider than the screen`);
        }
      });
    }
  }
});
