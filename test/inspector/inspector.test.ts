import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import { logIn } from "../support/merchant.ts";
import { accept, intercept, setStage, visit, type Stage } from "../support/shopper.ts";
import { choose, HOST, openPanel, pressKey, see, seeInside } from "./support.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe("the inspector in the shop", () => {
  let stage: Stage;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let asked: string[];
  let faults: string[];

  before(async () => {
    stage = await setStage();
    const merchant = await logIn(stage.demo);
    await merchant.publish([
      {
        id: "for-buyers",
        placement: "announcement",
        priority: 2,
        purposes: [],
        when: { "profile.orderCount": { $gt: 0 } },
        action: { type: "message", text: { en: "Thank you" } },
      },
      {
        id: "for-all",
        placement: "announcement",
        purposes: [],
        action: { type: "message", text: { en: "Hi" } },
      },
    ]);
    browser = await stage.open();
  });
  after(() => stage.close());

  beforeEach(async () => {
    context = await browser.createBrowserContext();
    page = await context.newPage();
    [asked, faults] = [[], []];
    page.on("request", (request) => asked.push(request.url()));
    page.on("pageerror", (error) => faults.push(String(error)));
    await seeInside(page);
  });
  afterEach(async () => {
    await context.close();
    assert.deepEqual(faults, []);
  });

  const loads = () => asked.filter((url) => url.includes("inspector")).length;
  const track = (name: string, properties: object = {}) =>
    page.evaluate((...args) => void window.vitrine.track(...args), name, properties);
  const start = async (path = "/") => {
    await visit(page, stage.demo, path);
    await accept(page);
    await page.waitForFunction(async () => (await window.vitrine.ready()).anonymousId);
    await page.evaluate(() => window.vitrine.flush());
  };
  /** What the shop's document is, but for what it changes itself. */
  const shape = () =>
    page.evaluate(() => [
      document.documentElement.children.length,
      document.head.innerHTML,
      document.body.children.length,
      Object.keys(window).join(),
    ]);

  it("is not asked for by a page that does not open it, whatever else is pressed", async () => {
    await start();
    await page.keyboard.press("KeyV");
    await page.keyboard.down("Alt");
    await page.keyboard.press("KeyV");
    await page.keyboard.up("Alt");
    await track("Seen");
    await page.evaluate(() => window.vitrine.flush());
    assert.equal(loads(), 0);
    assert.equal(await page.$(HOST), null);
  });

  it("opens by the key, is loaded once, and leaves no trace where it was closed by key, Escape or button", async () => {
    await start();
    const before = await shape();
    await openPanel(page);
    const during = await shape();
    assert.deepEqual(during, [(before[0] as number) + 1, ...before.slice(1)]);
    await pressKey(page);
    assert.deepEqual(await shape(), before);
    await openPanel(page);
    await page.keyboard.press("Escape");
    assert.deepEqual(await shape(), before);
    await openPanel(page);
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(
        (host) => document.querySelector(host)!.shadowRoot!.activeElement?.getAttribute("aria-label"),
        HOST,
      ),
      "Close the inspector",
    );
    await page.keyboard.press("Enter");
    assert.deepEqual(await shape(), before);
    assert.equal(loads(), 1);
  });

  it("opens by the query, and a page cannot look inside", async () => {
    const other = await context.newPage();
    await other.goto(`${stage.demo.shopUrl}/?vitrine-inspector`, { waitUntil: "load" });
    await other.waitForSelector(HOST);
    assert.equal(await other.$eval(HOST, (host) => host.shadowRoot), null);
  });

  it("gives the focus back, and keeps keys to itself while it has it", async () => {
    await start();
    await page.evaluate(() => {
      document.querySelector<HTMLElement>("input[type=search]")!.focus();
      document.addEventListener("keydown", ({ key }) => {
        document.title += key;
      });
    });
    await openPanel(page);
    const title = await page.title();
    await page.keyboard.press("ArrowRight");
    await see(page, "[aria-selected=true]", "Decisions");
    await page.keyboard.press("End");
    await see(page, "[aria-selected=true]", "Device");
    assert.equal(await page.title(), title);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("type")), "search");
  });

  it("shows an event from its capture to its delivery, live", async () => {
    await start();
    await openPanel(page);
    let letGo: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await intercept(page, async (request) => {
      if (request.url().endsWith("/batch")) await held;
      return undefined;
    });
    const seen = page.evaluate(
      (host) =>
        new Promise<string[]>((done) => {
          const states: string[] = [];
          const root = document.querySelector(host)!.shadowRoot!;
          const look = () => {
            const row = [...root.querySelectorAll(".event")].find(
              (one) => one.querySelector(".name")!.textContent === "Looked",
            );
            const state = row?.querySelector(".state")?.textContent;
            if (state && state !== states.at(-1)) states.push(state);
            if (state === "delivered") done(states);
          };
          new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
        }),
      HOST,
    );
    await track("Looked");
    await see(page, ".event", "Looked", "stored");
    letGo!();
    assert.deepEqual(await seen, ["captured", "stored", "delivered"]);
  });

  it("lists what another tab captures, and `captured` says nothing of the device's secret", async () => {
    await start();
    await openPanel(page);
    const told = page.evaluate(
      () => new Promise<object>((done) => window.vitrine.on("captured", (detail) => done(detail))),
    );
    const other = await context.newPage();
    await visit(other, stage.demo, "/help");
    await other.evaluate(() => void window.vitrine.track("Looked elsewhere"));
    await page.bringToFront(); // a page behind another draws no frames, and frames are what is waited for
    await see(page, ".event", "Looked elsewhere");
    const secret = await page.evaluate(
      () =>
        new Promise<string>((done) => {
          indexedDB.open("vitrine").addEventListener("success", ({ target }) => {
            const database = (target as IDBOpenDBRequest).result;
            const request = database.transaction("kv").objectStore("kv").get("device");
            request.addEventListener("success", () => {
              database.close();
              done((request.result as { secret: string }).secret);
            });
          });
        }),
    );
    assert.ok(secret.length > 30);
    assert.equal(JSON.stringify(await told).includes(secret), false);
  });

  it("says what waits while the network is away, also from before it was loaded, and why an event was dropped", async () => {
    await start();
    await intercept(page, (request) => (request.url().includes("/v1/") ? "abort" : undefined));
    await track("Looked");
    await page.evaluate(() => window.vitrine.flush());
    await openPanel(page);
    await see(page, ".event", "Looked", "stored");
    await track("Huge", { text: "x".repeat(40_000) });
    await see(page, ".event", "dropped: too_large");
    const counts = await see(page, ".counts", "1 dropped");
    const [, captured, waiting, delivered] = /^(\d+) captured, (\d+) waiting, (\d+) delivered, 1 dropped$/
      .exec(counts)!
      .map(Number);
    assert.ok(waiting! >= 1, counts);
    assert.equal(captured, waiting! + delivered! + 1);
    await page.type(`${HOST} >>> input`, "looked");
    await page.waitForFunction(
      (host) => document.querySelector(host)!.shadowRoot!.querySelectorAll(".event").length === 1,
      {},
      HOST,
    );
  });

  it("shows hostile text as text", async () => {
    await start();
    await openPanel(page);
    const hostile = "<img src=x onerror=\"document.title='hacked'\">";
    await track(hostile, { name: hostile, [hostile]: hostile });
    await see(page, ".name", hostile);
    await page.evaluate(
      (host) =>
        [...document.querySelector(host)!.shadowRoot!.querySelectorAll<HTMLElement>(".event")]
          .find((row) => row.textContent?.includes("<img"))!
          .click(),
      HOST,
    );
    assert.ok((await see(page, ".detail", "properties")).includes(hostile));
    await choose(page, "profile");
    await see(page, ".tree", hostile);
    assert.equal(
      await page.$eval(HOST, (host) => host.shadowRoot!.querySelectorAll("img,script,iframe").length),
      0,
    );
    assert.notEqual(await page.title(), "hacked");
  });

  it("says of each placement what applies, and of the other rules why not", async () => {
    await start();
    await openPanel(page);
    await choose(page, "decisions");
    const card = await see(page, ".card", "announcement", "for-all");
    assert.match(card, /message.*targeting_match/);
    const rule = await see(page, ".rule", "for-buyers");
    assert.match(rule, /its conditions do not hold/);
    assert.match(rule, /profile\.orderCount \$gt 0 saw 0/);
    const empty = await see(page, ".card", "home-hero");
    assert.match(empty, /the shop's default.*No rule is for this placement/);
  });

  it("shows the profile as it grows, and the device", async () => {
    await start();
    await openPanel(page);
    await choose(page, "profile");
    await track("Product Viewed", { product_id: "Q7", name: "A coat", category: "Coats" });
    await see(page, ".tree", "lastViewed", "A coat");
    await choose(page, "device");
    const id = await page.evaluate(async () => (await window.vitrine.ready()).anonymousId!);
    await see(page, ".card", "Identity", id);
    await see(page, ".card", "Consent", "personalizationgranted");
    await see(page, ".card", "Queue", "waiting to be sent");
    await page.evaluate(() =>
      window.vitrine.on("profile", () => {
        throw new Error("a handler of the shop's");
      }),
    );
    await track("Seen");
    await see(page, ".card", "Errors", "handler", "a handler of the shop's");
  });

  it("follows a consent that is given while it is open", async () => {
    await visit(page, stage.demo, "/");
    await openPanel(page);
    await choose(page, "device");
    await see(page, ".card", "Identity", "nothing may be kept");
    await page.evaluate(() => document.querySelector<HTMLElement>("[data-consent='granted']")!.click());
    await see(page, ".card", "Identity", "d_");
    await see(page, ".card", "Consent", "analyticsgranted");
  });

  it("says that there is no database, makes none, and lets one go that is to be deleted", async () => {
    await page.goto(`${stage.demo.vitrineUrl}/v1/health`);
    await page.setContent("<title>Empty</title>");
    await page.addScriptTag({ url: `${stage.demo.vitrineUrl}/v/vitrine-inspector.js` });
    await page.waitForSelector(HOST);
    await see(page, ".notice", "no Vitrine");
    await choose(page, "device");
    await see(page, ".card", "There is none");
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), []);

    await start();
    await openPanel(page);
    await choose(page, "device");
    await see(page, ".card", "can be read");
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          indexedDB.deleteDatabase("vitrine").addEventListener("success", resolve);
        }),
    );
  });

  it("says that the database is broken", async () => {
    await page.evaluateOnNewDocument(() => {
      IDBFactory.prototype.open = () => {
        throw new Error("not today");
      };
    });
    await start();
    await openPanel(page);
    await choose(page, "device");
    await see(page, ".card", "cannot be read", "not today");
  });

  for (const scheme of ["light", "dark"]) {
    for (const width of [390, 1280]) {
      it(`has nothing that axe objects to, ${scheme}, ${width} px wide`, async () => {
        await page.setViewport({ width, height: 800 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await start();
        await openPanel(page);
        await track("Product Viewed", { product_id: "Q7", name: "A coat", category: "Coats" });
        await track("Huge", { text: "x".repeat(40_000) });
        await see(page, ".event", "dropped");
        await page.evaluate(
          (host) =>
            document.querySelector(host)!.shadowRoot!.querySelectorAll<HTMLElement>(".event")[1]!.click(),
          HOST,
        );
        await see(page, ".detail");
        await page.evaluate(AXE);
        for (const view of ["events", "decisions", "profile", "device"]) {
          await choose(page, view);
          const { violations, passes } = await page.evaluate(async () => {
            const results = await (window as unknown as { axe: typeof import("axe-core") }).axe.run();
            const inside = results.passes
              .flatMap(({ nodes }) => nodes)
              .filter(({ target }) => Array.isArray(target[0]));
            return {
              violations: results.violations.map(
                ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
              ),
              passes: inside.length,
            };
          });
          assert.deepEqual(violations, [], view);
          assert.ok(passes > 10, `${view}: axe did not look inside`);
          const overflow = await page.$eval(HOST, (host) => {
            const element = host.shadowRoot!.querySelector("#view")!;
            return element.scrollWidth - element.clientWidth;
          });
          assert.ok(overflow <= 0, `${view} is wider than the screen`);
        }
      });
    }
  }
});
