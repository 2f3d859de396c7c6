import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { it, type TestContext } from "node:test";
import { ENGINE_NAMES, engineTitle, howToInstall, wantedEngines } from "../../scripts/engines.ts";
import { openEnginePage } from "../support/enginePage.ts";
import { HOST } from "./support.ts";

const BUNDLES = new URL("../../packages/browser/dist/bundle/", import.meta.url);

// The panel's shadow root is closed: a test opens it before the SDK comes.
const SEE_INSIDE = `violations = [];
  addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) { return attach.call(this, { ...init, mode: "open" }); };`;

/** Serves a page with the SDK, and the bundles beside it, under a policy that allows scripts by nonce alone. */
async function startShop(t: TestContext): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url!;
    if (path.startsWith("/v/")) {
      response.setHeader("Content-Type", "text/javascript");
      return response.end(readFileSync(new URL(path.slice(3), BUNDLES)));
    }
    if (path.startsWith("/v1/")) return response.writeHead(404).end();
    response.setHeader("Content-Type", "text/html");
    response.setHeader(
      "Content-Security-Policy",
      "script-src 'nonce-n1'; style-src 'self'; require-trusted-types-for 'script'; trusted-types vitrine",
    );
    return response.end(`<!doctype html><title>Shop</title><script nonce="n1">${SEE_INSIDE}</script>
      <script nonce="n1" src="/v/vitrine.js" data-site="vs_test" data-consent="granted"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

/** A panel one of whose elements of that selector has all these texts. */
const shows = (host: string, selector: string, ...texts: string[]) =>
  [...(document.querySelector(host)?.shadowRoot?.querySelectorAll(selector) ?? [])].some(({ textContent }) =>
    texts.every((text) => textContent?.includes(text)),
  );

for (const engine of ENGINE_NAMES) {
  it(`${engineTitle(engine)}: the inspector opens by its key under a strict policy, and shows events`, async (t) => {
    if (!wantedEngines().includes(engine)) return t.skip(`not there (${howToInstall(engine)})`);
    const shop = await startShop(t);
    const page = await openEnginePage(engine);
    t.after(() => page.close());
    await page.goto(shop);
    await page.until("the SDK is there", () => typeof window.vitrine?.ready === "function");
    await page.evaluate(async () => {
      await window.vitrine.ready();
      dispatchEvent(new KeyboardEvent("keydown", { altKey: true, shiftKey: true, code: "KeyV" }));
    });
    await page.until("the panel is open", (host) => document.querySelector(host) !== null, HOST);
    await page.evaluate(async () => void (await window.vitrine.track("Looked", { text: "<b>" })));
    await page.until("an event is shown as stored", shows, HOST, ".event", "Looked", "stored");
    const height = await page.evaluate(
      (host) => document.querySelector(host)!.shadowRoot!.querySelector(".panel")!.clientHeight,
      HOST,
    );
    assert.ok(height >= 250, `it is styled (${height} px high)`);
    assert.deepEqual(
      await page.evaluate(() => (window as unknown as { violations: string[] }).violations),
      [],
    );
  });
}
