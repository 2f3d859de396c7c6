import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";
import { choose, HOST, openPanel, see, seeInside } from "./support.ts";

const BUNDLES = new URL("../../packages/browser/dist/bundle/", import.meta.url);

describe("the inspector under a strict policy", () => {
  let browser: Browser;
  let policy = "";
  let html = "";
  const server = createServer((request, response) => {
    const path = request.url!;
    if (path.startsWith("/v/")) {
      response.setHeader("Content-Type", "text/javascript");
      return response.end(readFileSync(new URL(path.slice(3), BUNDLES)));
    }
    if (path.startsWith("/v1/")) return response.writeHead(404).end();
    response.setHeader("Content-Security-Policy", policy);
    return response.setHeader("Content-Type", "text/html").end(html);
  });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  /** Opens a page under a policy; its violations are gathered from its first script on. */
  const open = async (tags: string, directives: string): Promise<Page> => {
    policy = directives;
    html = `<!doctype html><html lang="en"><title>Shop</title><script nonce="n1">
      violations = [];
      addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
      </script>${tags}<main><h1>Shop</h1></main>`;
    const page = await (await browser.createBrowserContext()).newPage();
    await seeInside(page);
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    return page;
  };
  const violations = (page: Page) =>
    page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  const sdk = (more = "") =>
    `<script nonce="n1" src="/v/vitrine.js" data-site="vs_test" data-consent="granted" ${more}></script>`;
  const height = (page: Page) =>
    page.$eval(HOST, (host) => host.shadowRoot!.querySelector(".panel")!.getBoundingClientRect().height);

  it("opens by the key by the nonce of the SDK's own tag", async () => {
    const page = await open(sdk(), "script-src 'nonce-n1'; style-src 'self'");
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
    await page.evaluate(() => window.vitrine.ready());
    await openPanel(page);
    await see(page, ".counts", "captured");
    assert.ok((await height(page)) >= 300, "it is styled");
    assert.deepEqual(await violations(page), []);
  });

  it("opens by the key under Trusted Types that name the SDK's policy", async () => {
    const trust = "require-trusted-types-for 'script'; trusted-types vitrine";
    const page = await open(sdk(), `script-src 'nonce-n1'; style-src 'self'; ${trust}`);
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
    await page.evaluate(() => window.vitrine.ready());
    await openPanel(page);
    await see(page, ".counts", "captured");
    assert.deepEqual(await violations(page), []);
  });

  it("opens by a tag of its own beside an SDK without the second script, and violates no trusted types", async () => {
    const page = await open(
      `${sdk(`data-personal="false"`)}<script nonce="n1" async src="/v/vitrine-inspector.js"></script>`,
      "script-src 'nonce-n1'; style-src 'self'; require-trusted-types-for 'script'",
    );
    await page.waitForSelector(HOST);
    await page.waitForFunction(() => typeof window.vitrine?.track === "function");
    await page.evaluate(() => window.vitrine.track("Looked", { text: "<b>" }));
    await see(page, ".event", "Looked", "stored");
    for (const view of ["decisions", "profile", "device", "events"]) await choose(page, view);
    assert.ok((await height(page)) >= 300, "it is styled");
    assert.deepEqual(await violations(page), []);
  });

  it("is refused where the policy names no such script: the violation is heard of", async () => {
    const page = await open(`<script async src="/v/vitrine-inspector.js"></script>`, "script-src 'nonce-n1'");
    await page.waitForFunction(() => (window as unknown as { violations: string[] }).violations.length > 0);
    assert.equal(await page.$(HOST), null);
  });
});
