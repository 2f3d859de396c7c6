import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it, type TestContext } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";
import { goTo, openConsole, press, see } from "../support/consolePage.ts";
import { intercept } from "../support/shopper.ts";
import { violationsOf } from "../support/axe.ts";
import { asAdmin } from "../server/support/kiosks.ts";
import type { Running } from "../server/support/runVitrine.ts";

declare global {
  interface Window {
    told: { code: string; cause?: unknown }[];
    isMarked?: boolean;
  }
}

let browser: Browser;
before(async () => {
  browser = await launchChromium();
});
after(() => browser.close());

/** A shop of one page on an origin of its own, with the tag's words on keys as they were when it was made. */
async function startShop(t: TestContext, server: Running, keys: string): Promise<string> {
  const tag = `<script async src="${server.url}/v/vitrine.js" data-site="${server.siteKey}" ${keys} data-consent="granted"></script>`;
  const listen = `<script>told = []; window.vitrine = { q: [["on", ["error", (error) => told.push(error)]]] };</script>`;
  const shop = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(
      `<!doctype html><title>Shop</title>${listen}${tag}<p data-vitrine-slot="hero" data-vitrine-live>Welcome</p>`,
    );
  });
  await new Promise<void>((resolve) => shop.listen(0, resolve));
  t.after(() => {
    shop.closeAllConnections();
    shop.close();
  });
  return `http://localhost:${(shop.address() as AddressInfo).port}/`;
}

/** A shopper with a browser profile of her own. */
async function openShopper(t: TestContext): Promise<Page> {
  const context = await browser.createBrowserContext();
  t.after(() => context.close());
  return context.newPage();
}

/** Waits until the page goes by this version of the rules, and shows what they say. */
async function goesBy(page: Page, version: number, words: string): Promise<void> {
  await page.waitForFunction(
    (wanted, text) =>
      window.vitrine?.decide?.("hero").version === wanted &&
      document.querySelector("[data-vitrine-slot]")!.textContent.includes(text),
    { polling: 50 },
    version,
    words,
  );
}

const publish = async (server: Running, words: string): Promise<void> => {
  const action = { type: "message", text: { en: words } };
  await asAdmin(server, "PUT", "/rules/draft", {
    rules: [{ id: "hello", placement: "hero", purposes: [], action }],
  });
  await asAdmin(server, "POST", "/rules/publish", {});
};

/** What the card tells to put into the tag, once it names so many keys. */
async function tagOf(console: Page, keys: number): Promise<string> {
  const found = await console.waitForFunction(
    (wanted) => {
      const tag = document.querySelector("section[aria-label='Keys of the rules'] pre")?.textContent ?? "";
      return tag.split(" ").length === wanted && tag;
    },
    {},
    keys,
  );
  return (await found.jsonValue()) as string;
}

describe("a key of the rules that is changed in the console", () => {
  it("reaches a page with both keys without a reload; one with the old key keeps its rules and says why", async (t) => {
    const { running, page: console } = await openConsole(t, browser, { clock: Date.now });
    await publish(running, "Hello");
    const { kid: old } = running.vitrine.services.secrets.rulesKeys.current();
    await goTo(console, "keys");
    const before = await startShop(t, running, await tagOf(console, 1));
    await press(console, "Announce the next key");
    const told = await startShop(t, running, await tagOf(console, 2));
    const { kid: next } = running.vitrine.services.secrets.rulesKeys.all()[1]!;
    assert.deepEqual(await violationsOf(console), []);

    const [late, ready] = [await openShopper(t), await openShopper(t)];
    await late.goto(before);
    await ready.goto(told);
    for (const page of [late, ready]) {
      await goesBy(page, 2, "Hello");
      await page.waitForFunction(
        async () => (await navigator.locks.query()).held!.some(({ name }) => name === "vitrine.stream"),
        { polling: 50 },
      );
      await page.evaluate(() => void (window.isMarked = true));
    }

    await press(console, `Promote ${next}`);
    await press(console, "Promote the key", "dialog");
    await see(console, "retired", "section[aria-label='Keys of the rules']");
    await goesBy(ready, 3, "Hello");
    await late.waitForFunction(() => window.told.length > 0, { polling: 50 });
    await publish(running, "Signed anew");
    await goesBy(ready, 4, "Signed anew");
    await goesBy(late, 2, "Hello");
    const [refusal] = await late.evaluate(() => window.told);
    assert.deepEqual(refusal, { code: "rules_refused", cause: `data-rules-key has no ${next}` });
    for (const page of [late, ready])
      assert.equal(await page.evaluate(() => window.isMarked), true, "no reload");
    await late.reload();
    await goesBy(late, 2, "Hello");

    await press(console, `Drop ${old}`);
    await press(console, "Drop the key", "dialog");
    const since = await startShop(t, running, await tagOf(console, 1));
    const fresh = await openShopper(t);
    await fresh.goto(since);
    await goesBy(fresh, 4, "Signed anew");
    assert.deepEqual(await fresh.evaluate(() => window.told), []);
  });

  it("is refused by pages once it is dropped, whatever it signed before", async (t) => {
    const { running, page: console } = await openConsole(t, browser, { clock: Date.now });
    await publish(running, "Hello");
    const stolen = await (await fetch(`${running.url}/v1/rules?site=${running.siteKey}`)).text();
    const { kid: old } = running.vitrine.services.secrets.rulesKeys.current();
    const { body } = await asAdmin(running, "POST", "/rules/keys");
    const next = (body.items as { kid: string; state: string }[]).find(({ state }) => state === "next")!.kid;
    await asAdmin(running, "POST", `/rules/keys/${next}/promote`);
    await asAdmin(running, "DELETE", `/rules/keys/${old}`);
    await goTo(console, "keys");
    const page = await openShopper(t);
    const headers = { "access-control-allow-origin": "*" };
    const answer = { status: 200, contentType: "application/json", headers, body: stolen };
    await intercept(page, (request) => (request.url().includes("/v1/rules") ? answer : undefined));
    await page.goto(await startShop(t, running, await tagOf(console, 1)));
    await page.waitForFunction(() => window.told.length > 0, { polling: 50 });
    const [refusal] = await page.evaluate(() => window.told);
    assert.deepEqual(refusal, { code: "rules_refused", cause: `data-rules-key has no ${old}` });
    assert.equal(await page.$eval("[data-vitrine-slot]", (slot) => slot.textContent), "Welcome");
    assert.equal(await page.evaluate(() => window.vitrine.decide("hero").reason), "disabled");
  });
});
