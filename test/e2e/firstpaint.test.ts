import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import type { SlotPlan } from "@vitrine/core";
import { launchChromium } from "../support/chromium.ts";

const bundle = new URL("../../packages/browser/dist/bundle/first-paint.json", import.meta.url);
const reader = JSON.parse(readFileSync(bundle, "utf8")) as { code: string; hash: string };

const HEAR = `
  window.entries = [];
  for (const type of ["element", "layout-shift"])
    new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });`;

const head = (
  script: string,
) => `<!doctype html><html lang="en"><head><title>Home</title>${script}</head><body>
<h1 elementtiming="heading">Shop</h1>`;
const SLOT = `<section data-vitrine-slot="home-hero" class="hero" elementtiming="ours"><p elementtiming="default">New`;
const REST = ` in</p><p elementtiming="default">Coats</p></section><p>Below</p></body></html>`;

/** Only text nodes that stand in the slot itself carry the slot's own `elementtiming`. */
const PLAN: SlotPlan = {
  v: 1,
  version: 7,
  notAfter: Date.now() + 3_600_000,
  slots: {
    "home-hero": [
      {
        rule: "home-continue",
        guard: { new: true },
        content: [
          "Still looking for skirts?",
          [
            "div",
            { class: "vitrine-block" },
            [
              "ul",
              { class: "vitrine-products" },
              ["li", {}, ["img", { src: "/skirt.svg", alt: "", class: "vitrine-image" }]],
            ],
            ["small", { class: "vitrine-because" }, "Because you looked at skirts last time."],
          ],
        ],
      },
    ],
  },
};

interface Entry {
  entryType: string;
  identifier?: string;
  value?: number;
}

const shiftOf = (entries: Entry[]) => entries.reduce((sum, { value = 0 }) => sum + value, 0);
const has = (entries: Entry[], name: string) => entries.some((entry) => entry.identifier === name);

describe("the inline first-paint reader", () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  let origin: string;
  let painted: Promise<void>;
  let isPainted: () => void;

  before(async () => {
    server = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
    await once(server, "listening");
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });
  afterEach(() => page.browserContext().close());
  beforeEach(async () => {
    page = await (await browser.createBrowserContext()).newPage();
    ({ promise: painted, resolve: isPainted } = Promise.withResolvers<void>());
    await page.goto(`${origin}/empty`);
  });

  async function answer({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("content-type", url === "/skirt.svg" ? "image/svg+xml" : "text/html; charset=utf-8");
    const inline = `<script>${reader.code}</script>`;
    switch (url) {
      case "/painted":
        isPainted();
        return void response.end();
      case "/skirt.svg":
        return void response.end(`<svg xmlns="http://www.w3.org/2000/svg" width="300" height="900"/>`);
      case "/with":
        return void response.end(head(inline + `<script>${HEAR}</script>`) + SLOT + REST);
      case "/without":
        return void response.end(head(`<script>${HEAR}</script>`) + SLOT + REST);
      case "/strict":
        response.setHeader(
          "content-security-policy",
          `default-src 'none'; script-src '${reader.hash}'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`,
        );
        return void response.end(head(inline) + SLOT + REST);
      case "/paused": {
        const ask = `(function wait() {
          requestAnimationFrame(() =>
            document.querySelector(".hero") ? requestAnimationFrame(() => fetch("/painted")) : wait());
        })();`;
        response.write(head(`${inline}<script>${HEAR};${ask}</script>`) + SLOT);
        // The parser stops inside the slot until a frame has been painted.
        response.write(" ".repeat(4096));
        await painted;
        return void response.end(REST);
      }
      default:
        return void response.end("<!doctype html><title>Empty</title>");
    }
  }

  const store = (key: string, value: unknown) =>
    page.evaluate(
      (k, v) => localStorage.setItem(k, v),
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    );

  /** Everything painted and shifted, once Element Timing has told of `identifier`. */
  async function hear(identifier: string): Promise<Entry[]> {
    await page.waitForFunction(
      (name) =>
        (globalThis as unknown as { entries: Entry[] }).entries.some((entry) => entry.identifier === name),
      {},
      identifier,
    );
    return page.evaluate(() =>
      (globalThis as unknown as { entries: (Entry & PerformanceEntry)[] }).entries.map(
        (entry) => entry.toJSON() as Entry,
      ),
    );
  }

  it("shows the shop's default where there is no plan (the control of the next ones)", async () => {
    await page.goto(`${origin}/with`);
    const entries = await hear("default");
    assert.ok(!has(entries, "ours"));
  });

  it("shows its content in the first painted frame: the default is never painted, nothing moves", async () => {
    await store("vitrine.plan", PLAN);
    await page.goto(`${origin}/with`);
    const entries = await hear("ours");
    assert.ok(!has(entries, "default"));
    assert.equal(shiftOf(entries), 0);
    assert.match(
      await page.$eval(".hero", (slot) => slot.textContent ?? ""),
      /skirts\?.*Because you looked/s,
    );
  });

  it("does so when the page comes in two parts, cut inside the slot", async () => {
    await store("vitrine.plan", PLAN);
    await page.goto(`${origin}/paused`);
    const entries = await hear("ours");
    assert.ok(!has(entries, "default"));
    assert.equal(shiftOf(entries), 0);
    const original = await page.evaluate(() => {
      const [slot] = (globalThis as unknown as { vitrineFirstPaint: { original: HTMLElement }[] })
        .vitrineFirstPaint;
      return slot!.original.textContent;
    });
    assert.match(original ?? "", /New\s+in\s*Coats/);
  });

  it("would have moved the page, had it come after the first frame (control)", async () => {
    await page.goto(`${origin}/without`);
    await hear("default");
    await page.evaluate(() => {
      document.querySelector(".hero")!.textContent = "Still looking for skirts? ".repeat(50);
    });
    await page.waitForFunction(() =>
      (globalThis as unknown as { entries: Entry[] }).entries.some(
        ({ entryType }) => entryType === "layout-shift",
      ),
    );
  });

  it("leaves a page without plan as it is, to the byte", async () => {
    const html = async (path: string) => {
      await page.goto(origin + path);
      const text = await page.evaluate(() => document.documentElement.outerHTML);
      return text.replace(`<script>${reader.code}</script>`, "");
    };
    assert.equal(await html("/with"), await html("/without"));
    assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  });

  it("works under a strict policy that names its hash, with Trusted Types", async () => {
    await store("vitrine.plan", PLAN);
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(`${origin}/strict`);
    const display = await page.$eval(".vitrine-products", (list) => getComputedStyle(list).display);
    assert.equal(display, "grid");
    assert.deepEqual(complaints, []);
  });

  it("notes what it showed, for the exposure", async () => {
    await store("vitrine.plan", PLAN);
    await page.goto(`${origin}/with`);
    const notes = await page.evaluate(
      () => JSON.parse(localStorage.getItem("vitrine.shown")!) as unknown[][],
    );
    assert.deepEqual(
      notes.map((note) => note.slice(0, 4)),
      [["home-continue", null, 7, "home-hero"]],
    );
  });

  const refused: [string, (page: Page) => Promise<unknown>][] = [
    ["broken JSON", () => store("vitrine.plan", '{"v":1,')],
    ["another format", () => store("vitrine.plan", { ...PLAN, v: 2 })],
    ["an expired plan", () => store("vitrine.plan", { ...PLAN, notAfter: Date.now() - 1 })],
    ["a plan that is null", () => store("vitrine.plan", "null")],
    ["slots of another shape", () => store("vitrine.plan", { ...PLAN, slots: { "home-hero": 5 } })],
    [
      "content with a script",
      () =>
        store("vitrine.plan", {
          ...PLAN,
          slots: { "home-hero": [{ rule: "r", guard: {}, content: [["script", {}, "alert(1)"]] }] },
        }),
    ],
    [
      "a blocked storage",
      (tab) =>
        tab.evaluateOnNewDocument(() => {
          Object.defineProperty(window, "localStorage", {
            get() {
              throw new DOMException("The operation is insecure.", "SecurityError");
            },
          });
        }),
    ],
  ];
  for (const [what, prepare] of refused) {
    it(`shows the default and throws nothing given ${what}`, async () => {
      await prepare(page);
      const errors: unknown[] = [];
      page.on("pageerror", (error) => errors.push(error));
      await page.goto(`${origin}/with`);
      await hear("default");
      assert.deepEqual(errors, []);
      assert.equal(await page.$eval(".hero", (slot) => slot.children.length), 2);
    });
  }

  it("fills a page that is parsed in one go", async () => {
    await store("vitrine.plan", PLAN);
    const whole = head(`<script>${reader.code}</script>`) + SLOT + REST;
    await page.evaluate((html) => {
      document.open();
      document.write(html);
      document.close();
    }, whole);
    assert.match(await page.$eval(".hero", (slot) => slot.textContent), /^Still looking for skirts/);
  });

  it("drops an address of a tampered plan that is no web address", async () => {
    const content = [
      ["a", { href: "javascript:alert(1)", onclick: "alert(2)", style: "position:fixed" }, "Here"],
    ];
    await store("vitrine.plan", { ...PLAN, slots: { "home-hero": [{ rule: "r", guard: {}, content }] } });
    await page.goto(`${origin}/with`);
    assert.equal(await page.$eval(".hero", (slot) => slot.innerHTML), "<a>Here</a>");
  });
});
