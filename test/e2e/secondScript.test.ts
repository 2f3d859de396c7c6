import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";

const BUNDLES = new URL("../../packages/browser/dist/bundle/", import.meta.url);

interface Sent {
  messageId: string;
  event: string;
  properties: { cart_quantity?: number };
}

/** Answers the request for the second script. */
type Serve = (response: ServerResponse, code: Buffer) => void;

const whole: Serve = (response, code) => response.end(code);

describe("the second script", () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let html = "";
  let policy = "";
  let serve: Serve = whole;
  let asked = 0;
  let sent: Sent[] = [];

  const server = createServer(async (request, response) => {
    const path = request.url!;
    if (path.startsWith("/v/")) {
      const code = readFileSync(new URL(path.slice(3), BUNDLES));
      response.setHeader("Content-Type", "text/javascript");
      if (!path.includes("personal")) return response.end(code);
      asked++;
      return serve(response, code);
    }
    if (path === "/v1/batch") {
      const { batch } = JSON.parse(await text(request)) as { batch: Sent[] };
      const known = new Set(sent.map(({ messageId }) => messageId));
      sent.push(...batch.filter(({ messageId }) => !known.has(messageId)));
      return response.end(
        JSON.stringify({
          results: batch.map(({ messageId }) => ({ messageId, status: "accepted", time: Date.now() })),
        }),
      );
    }
    if (path.startsWith("/v1/")) return response.writeHead(404).end();
    if (policy) response.setHeader("Content-Security-Policy", policy);
    return response.setHeader("Content-Type", "text/html").end(html);
  });
  const names = () => sent.map(({ event }) => event);

  const open = async (attributes = "") => {
    html = `<!doctype html><title>Shop</title><script nonce="n1">
        vitrine = {q: [["on", ["error", (error) => (window.failed = error.code)]]]};
      </script><script nonce="n1" async src="/v/vitrine.js" data-site="vs_test" data-consent="granted"
        data-page-views="false" ${attributes}></script>`;
    page = await context.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`, {
      waitUntil: "domcontentloaded",
    });
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
  };
  const fails = () =>
    page.waitForFunction(() => (window as unknown as { failed?: string }).failed === "personal");
  const track = (name: string) =>
    page.evaluate(async (event) => {
      void window.vitrine.track(event, { product_id: "A", price: 9 });
      await window.vitrine.flush();
    }, name);
  const cart = () =>
    page.evaluate(async () => {
      await window.vitrine.ready();
      return window.vitrine.profile().cart.lines.map(({ quantity }) => quantity);
    });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    browser = await launchChromium();
  });
  beforeEach(async () => {
    context = await browser.createBrowserContext();
  });
  afterEach(async () => {
    await context.close();
    [serve, policy, asked, sent] = [whole, "", 0, []];
  });
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it("knows the person, and leaves nothing in the page", async () => {
    await open();
    await track("Product Added");
    assert.deepEqual(await cart(), [1]);
    assert.equal(await page.evaluate(() => document.scripts.length), 2);
  });

  it("is waited for by what goes into a cart, and by nothing else", async () => {
    let held: (() => void) | undefined;
    serve = (response, code) => (held = () => whole(response, code));
    await open();
    await track("Product Added");
    await track("Product Added");
    await track("Seen");
    assert.deepEqual(names(), ["Seen"]);
    held!();
    assert.deepEqual(await cart(), [2]);
    await page.evaluate(() => window.vitrine.flush());
    assert.deepEqual(
      sent.map(({ event, properties }) => [event, properties.cart_quantity]),
      [
        ["Seen", undefined],
        ["Product Added", 1],
        ["Product Added", 2],
      ],
    );
  });

  it("that has not come when the page goes costs no event: the collector counts the cart", async () => {
    serve = () => {};
    await open();
    await track("Product Added");
    assert.deepEqual(names(), []);
    await page.evaluate(async () => {
      dispatchEvent(new PageTransitionEvent("pagehide"));
      await window.vitrine.flush();
    });
    assert.deepEqual(
      sent.map(({ event, properties }) => [event, properties.cart_quantity]),
      [["Product Added", undefined]],
    );
  });

  it("that fails costs no event, says so, and is asked for again", async () => {
    serve = (response) => response.writeHead(503).end();
    await open();
    await fails();
    await track("Product Added");
    assert.deepEqual(names(), ["Product Added"]);
    assert.deepEqual(await page.evaluate(() => window.vitrine.decide("home-hero").reason), "default");
    serve = whole;
    await page.evaluate(() => dispatchEvent(new Event("online")));
    assert.deepEqual(await cart(), [1]);
    assert.equal(asked, 2);
  });

  it("of another build is refused by the browser", async () => {
    serve = (response, code) => response.end(`${code.toString()};window.isForeign = true`);
    await open();
    await fails();
    await track("Seen");
    assert.deepEqual(names(), ["Seen"]);
    assert.equal(await page.evaluate(() => "isForeign" in window), false);
  });

  it("comes under a policy that allows scripts by nonce alone", async () => {
    policy = "script-src 'nonce-n1'";
    await open();
    await track("Product Added");
    assert.deepEqual(await cart(), [1]);
  });

  it("comes under Trusted Types that name the policy `vitrine`, also when it is asked for again", async () => {
    policy = "require-trusted-types-for 'script'; trusted-types vitrine";
    serve = (response) => response.writeHead(503).end();
    await open();
    await fails();
    serve = whole;
    await page.evaluate(() => {
      const violations: string[] = [];
      addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
      Object.assign(window, { violations });
      dispatchEvent(new Event("online"));
    });
    await track("Product Added");
    assert.deepEqual(await cart(), [1]);
    assert.deepEqual(await page.evaluate(() => (window as unknown as { violations: [] }).violations), []);
  });

  it("comes where a page keeps a list of policies without demanding them", async () => {
    policy = "trusted-types shop";
    await open();
    await track("Product Added");
    assert.deepEqual(await cart(), [1]);
  });

  it("that Trusted Types without our policy refuse costs no event", async () => {
    policy = "require-trusted-types-for 'script'; trusted-types shop";
    await open();
    await fails();
    await track("Product Added");
    assert.deepEqual(names(), ["Product Added"]);
  });

  it("is not asked for by a shop that only tracks, nor after a refusal", async () => {
    await open(`data-personal="false"`);
    await track("Product Added");
    assert.deepEqual(await cart(), []);
    assert.deepEqual(names(), ["Product Added"]);
    await page.close();
    await open(`data-consent="denied"`.replace("data-consent", "data-again"));
    assert.equal(asked, 1);
    await page.evaluate(() => window.vitrine.consent("denied"));
    await page.reload();
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
    await page.evaluate(() => window.vitrine.ready());
    assert.equal(asked, 1);
  });
});
