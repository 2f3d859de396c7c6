import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, afterEach, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";

const BUNDLES = new URL("../../packages/browser/dist/bundle/", import.meta.url);

interface Sent {
  event?: string;
  context: { page: { path: string }; writer: { id: string; seq: number } };
}

/** The tag as shops write it. */
const tag = (attributes = "") =>
  `<script async src="/v/vitrine.js" data-site="vs_test" data-consent="granted" data-page-views="false" ${attributes}></script>`;

const STUB = `<script>window.vitrine=window.vitrine||{q:[]}</script>`;

describe("the script tag", () => {
  let html = "";
  let sent: Sent[] = [];
  let browser: Browser;
  let page: Page;
  let errors: string[];

  const server = createServer((request, response) => {
    const path = request.url!.split("?")[0]!;
    if (path.startsWith("/v/"))
      return response
        .setHeader("Content-Type", "text/javascript")
        .end(readFileSync(new URL(path.slice(3), BUNDLES)));
    if (path === "/v1/batch") return void takeBatch(request).then((answer) => response.end(answer));
    if (path.startsWith("/v1/")) return response.writeHead(404).end();
    return response.setHeader("Content-Type", "text/html").end(path === "/frame" ? tag() : html);
  });

  const takeBatch = async (request: IncomingMessage) => {
    const { batch } = JSON.parse(await text(request)) as { batch: (Sent & { messageId: string })[] };
    sent.push(...batch);
    return JSON.stringify({
      results: batch.map(({ messageId }) => ({ messageId, status: "accepted", time: 1 })),
    });
  };

  const open = async (body: string) => {
    html = `<!doctype html><title>Shop</title>${body}`;
    page = await browser.newPage();
    errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`, { waitUntil: "load" });
  };
  const isReady = () => page.waitForFunction(() => typeof window.vitrine?.ready === "function");

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    browser = await launchChromium();
  });
  afterEach(async () => {
    assert.deepEqual(errors, []);
    sent = [];
    await page.close();
  });
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it("leaves the first frame to the page: it starts after it, even when it came at once", async () => {
    await open(`${STUB}${tag().replace(" async", "")}<script>
      window.began = typeof vitrine.ready;
    </script>`);
    assert.equal(await page.evaluate(() => (window as unknown as { began: string }).began), "undefined");
    await isReady();
  });

  it("leaves the machine to the page until the first frame is on the glass", async () => {
    await open(`<p>Skirts</p>${tag()}`);
    await isReady();
    const { painted, asked } = await page.evaluate(async () => {
      await window.vitrine.ready();
      const startOf = (type: string, name: RegExp) =>
        performance.getEntriesByType(type).find((entry) => name.test(entry.name))?.startTime;
      return { painted: startOf("paint", /contentful/), asked: startOf("resource", /vitrine-personal/) };
    });
    assert.ok(painted! < asked!, `painted at ${painted} ms, asked for more at ${asked} ms`);
  });

  it("replays in order what was called before it came, and keeps the object that pages may hold", async () => {
    await open(`${STUB}<script>
      const early = vitrine;
      vitrine.q.push(["track", ["First", {n: 1}]], ["nonsense", []], ["track", ["Second"]]);
    </script>${tag()}<script>window.early = early</script>`);
    await isReady();
    const isSame = await page.evaluate(async () => {
      const { vitrine, early } = window as unknown as {
        vitrine: Window["vitrine"] & { q: { push: unknown } };
        early: unknown;
      };
      (vitrine.q.push as (call: unknown) => void)(["track", ["Third"]]);
      await vitrine.flush();
      return vitrine === early;
    });
    assert.equal(isSame, true);
    assert.deepEqual(
      sent.map(({ event }) => event),
      ["First", "Second", "Third"],
    );
  });

  it("loaded twice > counts once", async () => {
    await open(`${STUB}${tag()}${tag("data-again")}`);
    await isReady();
    await page.evaluate(async (again) => {
      await new Promise((resolve) => {
        const script = document.createElement("script");
        Object.assign(script, { src: "/v/vitrine.js?again", onload: resolve });
        Object.assign(script.dataset, { site: "vs_test", consent: again });
        document.head.append(script);
      });
      void window.vitrine.track("Once");
      await window.vitrine.flush();
    }, "granted");
    assert.deepEqual(
      sent.map(({ event, context }) => [event, context.writer.seq]),
      [["Once", 1]],
    );
  });

  it("is no script when the page shadows currentScript, and then does nothing", async () => {
    await open(
      `<img name="currentScript" data-site="vs_evil">${STUB}${tag()}<script>window.loaded = true</script>`,
    );
    await page.waitForFunction(() => "loaded" in window);
    await page.waitForNetworkIdle();
    assert.equal(await page.evaluate(() => typeof window.vitrine.ready), "undefined");
  });

  it("in a sandboxed frame without storage > works in memory and throws nothing", async () => {
    await open(`<iframe sandbox="allow-scripts" src="/frame"></iframe>`);
    const frame = page.frames()[1]!;
    await frame.waitForFunction(() => typeof window.vitrine?.ready === "function");
    const status = await frame.evaluate(async () => {
      await window.vitrine.ready();
      return Promise.race([
        window.vitrine.track("Sandboxed").then((stored) => stored.status),
        window.vitrine.flush().then(() => "flushed"),
      ]);
    });
    assert.match(status, /delivered|flushed/);
  });

  for (const [attributes, isFull] of [
    ["", false],
    [`data-max-bytes="10000"`, true],
    [`data-max-bytes="much"`, false],
  ] as const)
    it(`keeps as much as it is told to, or as usual: ${attributes || "not told"}`, async () => {
      await open(STUB + tag(attributes));
      await isReady();
      const dropped = await page.evaluate(async () => {
        let count = 0;
        window.vitrine.on("drop", () => count++);
        for (let i = 0; i < 20; i++) void window.vitrine.track("Long", { text: "x".repeat(1000) });
        await window.vitrine.flush();
        return count;
      });
      assert.equal(dropped > 0, isFull, `${dropped} dropped`);
    });

  it("adds one name to the page, and writes nothing but what it says to localStorage", async () => {
    await open(`<script>dataLayer = []; window.namesBefore = Object.keys(window)</script>${tag()}`);
    await isReady();
    const { names, keys } = await page.evaluate(async () => {
      void window.vitrine.track("Product Viewed", { product_id: "A" });
      await window.vitrine.flush();
      const known = new Set((window as unknown as { namesBefore: string[] }).namesBefore);
      return {
        names: Object.keys(window).filter((name) => !known.has(name)),
        keys: Object.keys(localStorage),
      };
    });
    const ours = names.filter((name) => !name.includes("ariaQuery")); // puppeteer adds those
    assert.deepEqual(ours, ["namesBefore", "vitrine"]);
    assert.deepEqual(
      keys.filter((key) => !["vitrine.plan", "vitrine.session", "vitrine.shown"].includes(key)),
      [],
    );
  });

  it("logs a line for each thing that happens when it is asked to, and is silent else", async () => {
    const lines: string[] = [];
    await open(STUB);
    page.on("console", (message) => message.type() !== "error" && lines.push(message.text()));
    html = `${STUB}${tag()}`;
    await page.reload();
    await isReady();
    await page.evaluate(() => window.vitrine.flush());
    assert.equal(lines.length, 0);
    html = `${STUB}${tag("data-vitrine-debug")}`;
    await page.reload();
    await isReady();
    await page.evaluate(async () => {
      void window.vitrine.track("Seen");
      await window.vitrine.flush();
    });
    assert.ok(
      lines.some((line) => line.startsWith("vitrine: sent")),
      lines.join("\n"),
    );
  });
});
