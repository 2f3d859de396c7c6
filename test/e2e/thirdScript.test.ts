import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import type { Rule } from "@vitrine/core";
import { createSigner } from "../browser/support/createSigner.ts";
import { launchChromium } from "../support/chromium.ts";

const BUNDLES = new URL("../../packages/browser/dist/bundle/", import.meta.url);

const PROMPT: Rule = {
  id: "prompt",
  placement: "p",
  purposes: [],
  priority: 2,
  action: { type: "identifyPrompt", text: { en: "Sign in." }, label: { en: "Here" }, href: "/account" },
};
const NOTE: Rule = {
  id: "note",
  placement: "p",
  purposes: [],
  action: { type: "message", text: { en: "Hi" } },
};
const SIZE: Rule = { id: "size", placement: "size", action: { type: "prefill", what: "size" } };
const CONTROL = `<select data-vitrine-prefill="size" data-size-system="INT" data-size-group="tops">
  <option value="">Size</option><option>S</option><option>M</option></select>`;

describe("the third script", () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let html = "";
  let policy = "";
  let rules: Rule[] = [];
  let asked = 0;
  let serve: (response: ServerResponse, code: Buffer) => void;
  const signer = createSigner();

  const server = createServer(async (request, response) => {
    const path = request.url!;
    response.setHeader("Content-Type", "text/javascript");
    if (path.startsWith("/v/")) {
      const code = readFileSync(new URL(path.slice(3), BUNDLES));
      if (!path.includes("actions")) return response.end(code);
      asked++;
      return serve(response, code);
    }
    response.setHeader("Content-Type", "application/json");
    if (path.startsWith("/v1/rules"))
      return response.end(JSON.stringify(await (await signer).sign({ rules })));
    if (path === "/v1/batch") {
      const { batch } = JSON.parse(await text(request)) as { batch: { messageId: string }[] };
      const results = batch.map(({ messageId }) => ({ messageId, status: "accepted", time: Date.now() }));
      return response.end(JSON.stringify({ results }));
    }
    if (path.startsWith("/v1/")) return response.writeHead(404).end();
    if (policy) response.setHeader("Content-Security-Policy", policy);
    return response.setHeader("Content-Type", "text/html").end(html);
  });

  const open = async (body = "") => {
    const { rulesKey } = await signer;
    html = `<!doctype html><title>Shop</title><script nonce="n1">
        errors = []; violations = [];
        addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
        vitrine = {q: [["on", ["error", ({ code }) => errors.push(code)]]]};
      </script><script nonce="n1" async src="/v/vitrine.js" data-site="vs_test" data-consent="granted"
        data-rules-key="${rulesKey}" data-page-views="false"></script>${body}`;
    page = await context.newPage();
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`, { waitUntil: "load" });
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
    await page.evaluate(() => window.vitrine.ready());
  };
  const decides = (rule: string) =>
    page.waitForFunction((id) => window.vitrine.decide("p").rule === id, {}, rule);
  const told = (name: "errors" | "violations") =>
    page.evaluate((list) => (window as unknown as Record<string, string[]>)[list], name);
  /** The rules were applied, and what follows from them was done. */
  const applied = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let stop = () => {};
          stop = window.vitrine.on("profile", () => {
            if (window.vitrine.decide("other").version === undefined) return;
            stop();
            resolve();
          });
          void window.vitrine.track("Looked");
        }),
    );

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    browser = await launchChromium();
  });
  beforeEach(async () => {
    context = await browser.createBrowserContext();
    [rules, policy, asked] = [[PROMPT, NOTE], "", 0];
    serve = (response, code) => response.end(code);
  });
  afterEach(() => context.close());
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it("comes when a rule needs it, once, and leaves nothing in the page", async () => {
    await open();
    await decides("prompt");
    assert.equal(asked, 1);
    assert.equal(await page.evaluate(() => document.scripts.length), 2);
    assert.deepEqual(await told("errors"), []);
  });

  it("does not come for the actions that are here, nor for those of a mirror", async () => {
    rules = [NOTE, { id: "glass", placement: "mirror", action: { type: "screen", list: "cart" } }];
    await open();
    await decides("note");
    await applied();
    assert.equal(asked, 0);
  });

  it("comes for a control once something is known to fill it with", async () => {
    rules = [SIZE, NOTE];
    await open(CONTROL);
    await decides("note");
    await applied();
    assert.equal(asked, 0, "somebody new");
    const chosen = () => page.evaluate(() => document.querySelector("select")!.value);
    for (const id of ["o1", "o2"]) {
      const product = { product_id: id, size: "M", size_system: "INT", size_group: "tops" };
      await page.evaluate(
        (order, products) => window.vitrine.track("Order Completed", { order_id: order, products }),
        id,
        [product],
      );
    }
    await page.waitForFunction(() => document.querySelector("select")!.value === "M");
    assert.equal(await chosen(), "M");
    assert.equal(asked, 1);
  });

  it("of another build is refused by the browser, and its rules are passed over", async () => {
    serve = (response, code) => response.end(`${code.toString()};window.isForeign = true`);
    await open();
    await decides("note");
    assert.deepEqual(await told("errors"), ["actions"]);
    assert.equal(await page.evaluate(() => "isForeign" in window), false);
  });

  it("comes under Trusted Types that allow our policy once, and by nonce alone", async () => {
    policy = "require-trusted-types-for 'script'; trusted-types vitrine; script-src 'nonce-n1'";
    await open();
    await decides("prompt");
    assert.deepEqual(await told("violations"), []);
  });
});
