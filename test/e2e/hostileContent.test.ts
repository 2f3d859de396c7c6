import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import type { Action, Rule } from "@vitrine/core";
import { createSigner } from "../browser/support/createSigner.ts";
import { launchChromium } from "../support/chromium.ts";
import { hostilePayloads } from "../support/hostilePayloads.ts";

const BUNDLES = new URL("../../packages/browser/dist/bundle/", import.meta.url);
const reader = JSON.parse(readFileSync(new URL("first-paint.json", BUNDLES), "utf8")) as {
  code: string;
  hash: string;
};

/** One disguise of each seed; all of them, more than 200, with HOSTILE_PAYLOADS=all. */
const ALL = hostilePayloads("window.pwned=1");
const PAYLOADS =
  process.env["HOSTILE_PAYLOADS"] === "all" ? ALL : ALL.filter((_, i) => i % 5 === Math.floor(i / 5) % 5);

/** Payloads a page holds at a time. */
const BATCH = 21;

/** Every action that is content, with a payload in each field; published rules are checked, these are not. */
const actionsOf = (bad: string): Record<string, object> => {
  const texts = { title: { en: bad }, text: { en: bad }, label: { en: bad }, href: bad };
  return {
    message: texts,
    continueCategory: texts,
    resume: { ...texts, what: "cart" },
    reorder: texts,
    identifyPrompt: texts,
    echoCreative: { parameter: "utm", creatives: [{ ...texts, value: "x", image: bad, alt: { en: bad } }] },
    survey: { ...texts, survey: bad, kind: "csat", low: { en: bad }, high: { en: bad }, thanks: { en: bad } },
    availability: { ...texts, store: "old", stores: { old: bad }, text: { en: `{store}{sizes}{product}` } },
  };
};

const rulesOf = (payloads: string[]): Rule[] =>
  payloads.flatMap((bad, i) =>
    Object.entries(actionsOf(bad)).map(([type, action]) => ({
      id: `${type}-${i}`,
      placement: `${type}-${i}`,
      because: { en: `${bad} {time}` },
      action: { type, ...action } as unknown as Action,
    })),
  );

describe("content from a hostile hand, under enforced Trusted Types", () => {
  let browser: Browser;
  let rules: Rule[] = [];
  let version = 0;
  const signer = createSigner();

  const server = createServer(async (request, response) => {
    const path = request.url!;
    const json = (body: unknown) => response.end(JSON.stringify(body));
    if (path.startsWith("/v/")) {
      response.setHeader("Content-Type", "text/javascript");
      return response.end(readFileSync(new URL(path.slice(3), BUNDLES)));
    }
    if (path.startsWith("/v1/rules")) return json(await (await signer).sign({ rules, version }));
    if (path.startsWith("/v1/stock"))
      return json({ at: 1e12, sizes: PAYLOADS.slice(0, 40).map((size) => ({ size, quantity: 1 })) });
    if (path === "/v1/batch") {
      const { batch } = JSON.parse(await text(request)) as { batch: { messageId: string }[] };
      return json({
        results: batch.map(({ messageId }) => ({ messageId, status: "accepted", time: Date.now() })),
      });
    }
    if (!path.startsWith("/shop")) return response.writeHead(404).end();
    const { rulesKey } = await signer;
    const slots = rules.map(
      ({ placement }) => `<div data-vitrine-slot="${placement}" data-vitrine-live>Default</div>`,
    );
    response.setHeader("Content-Type", "text/html");
    response.setHeader(
      "Content-Security-Policy",
      `script-src 'nonce-n1' '${reader.hash}'; require-trusted-types-for 'script'; trusted-types vitrine; object-src 'none'; base-uri 'none'`,
    );
    return response.end(`<!doctype html><html lang="en"><title>Shop</title><script nonce="n1">
        violations = [];
        addEventListener("securitypolicyviolation", ({ violatedDirective, sample }) => violations.push(violatedDirective + sample));
        alert = confirm = prompt = () => (window.pwned = 1);
      </script><script>${reader.code}</script><script nonce="n1" async src="/v/vitrine.js" data-site="vs_test"
        data-consent="granted" data-rules-key="${rulesKey}"></script><body>${slots.join("")}`);
  });

  const open = async (page: Page) => {
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/shop?utm=x`, {
      waitUntil: "load",
    });
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
    await page.evaluate(() => window.vitrine.ready());
  };
  /** What stands in the slots, and whether anything of it got out. */
  const inspect = (page: Page) =>
    page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>("[data-vitrine-slot] *")];
      const isSafe = (url: string | null) => url === null || /^(https?:\/\/|[/?#](?![/\\]))/.test(url);
      const allowed = /^(class|href|src|alt|name|value|type|aria-label|data-vitrine-act)$/;
      return {
        filled: document.querySelectorAll("[data-vitrine-slot] > .vitrine-block").length,
        tags: [...new Set(all.map(({ localName }) => localName))].sort(),
        unsafe: all.flatMap((element) =>
          element
            .getAttributeNames()
            .filter(
              (name) =>
                !allowed.test(name) || (/^(href|src)$/.test(name) && !isSafe(element.getAttribute(name))),
            )
            .map((name) => `${element.localName} ${name}`),
        ),
        pwned: "pwned" in window,
        violations: (window as unknown as { violations: string[] }).violations,
        titles: [...document.querySelectorAll(".vitrine-title")].map(({ textContent }) => textContent),
      };
    });
  const TAGS = /^(a|button|div|fieldset|h2|img|input|label|legend|li|p|small|span|ul)$/;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, resolve));
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it(`is inert: ${PAYLOADS.length} of ${ALL.length} payloads in each field of 8 actions, in articles, stock and notes`, async () => {
    assert.ok(ALL.length >= 200);
    for (let from = 0; from < PAYLOADS.length; from += BATCH) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      const payloads = PAYLOADS.slice(from, from + BATCH);
      rules = rulesOf(payloads);
      version++;
      await open(page);
      await page.evaluate(async (list) => {
        const rows = list.map((bad, i) => ({
          product_id: `${i}`,
          name: bad,
          image_url: bad,
          url: bad,
          category: list[0]!,
          size: bad,
          price: 1,
          currency: bad,
        }));
        // First, since an order closes the cart.
        void window.vitrine.track("Order Completed", { order_id: list[0]!, products: rows.slice(10) });
        for (const row of rows.slice(0, 10)) {
          void window.vitrine.track("Product Viewed", row);
          await window.vitrine.track("Product Added", { ...row, quantity: 1 });
        }
      }, payloads);
      await page.waitForFunction(
        (count) => document.querySelectorAll("[data-vitrine-slot] > .vitrine-block").length === count,
        {},
        rules.length,
      );
      // Links are followed by nobody's click, but a press on a button is ours to hear.
      await page.evaluate(() =>
        document.querySelectorAll<HTMLElement>("[data-vitrine-slot] button").forEach((button, i) => {
          if (i < 20) button.click();
        }),
      );
      const { tags, unsafe, pwned, violations, titles } = await inspect(page);
      assert.deepEqual({ unsafe, pwned, violations }, { unsafe: [], pwned: false, violations: [] });
      assert.ok(
        tags.every((tag) => TAGS.test(tag)),
        tags.join(),
      );
      assert.ok(titles.includes(payloads[0]!), "it is shown, as the text that it is");
      await context.close();
    }
  });

  it("is inert in the plan too, which the inline reader shows", async () => {
    const page = await browser.newPage();
    rules = rulesOf(PAYLOADS.slice(0, 3));
    version++;
    await open(page);
    await page.waitForFunction(() => `${localStorage["vitrine.plan"]}`.includes("vitrine-survey"));
    await page.evaluate(() => window.vitrine.flush());
    await page.goto(page.url(), { waitUntil: "domcontentloaded" });
    const { filled, unsafe, pwned, violations } = await inspect(page);
    assert.deepEqual({ unsafe, pwned, violations }, { unsafe: [], pwned: false, violations: [] });
    assert.ok(filled > 3, `${filled} slots from the plan`);
    await page.close();
  });
});
