import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { BrowserContext, Page } from "puppeteer-core";
import type { Rule } from "@vitrine/core";
import { logIn, type Merchant } from "../support/merchant.ts";
import { accept, delivered, moveClock, setStage, visit, type Stage } from "../support/shopper.ts";

const HALF_AN_HOUR_AND_A_BIT = 31 * 60_000;

interface Watched {
  /** Elements marked for Element Timing that were painted. */
  painted: string[];
  shift: number;
  /** What changed in the page's main part after the parser was through. */
  changes: string[];
}

/** Watches a page from its first byte on. */
async function watch(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const watched: Watched = { painted: [], shift: 0, changes: [] };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
    document.addEventListener("readystatechange", () => {
      if (document.readyState !== "interactive") return;
      new MutationObserver((records) => {
        for (const { target, type } of records)
          watched.changes.push(`${type} ${(target as Element).outerHTML ?? target.textContent}`);
      }).observe(document.querySelector("main")!, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
  });
}

const watchedOf = (page: Page) => page.evaluate(() => (window as unknown as { watched: Watched }).watched);

const heroOf = (page: Page) => page.$eval(".hero", (hero) => hero.textContent ?? "");

describe("the single-page app", () => {
  let stage: Stage;
  let merchant: Merchant;
  let page: Page;
  let context: BrowserContext;
  const complaints: string[] = [];

  before(async () => {
    stage = await setStage();
    merchant = await logIn(stage.demo);
    context = (await stage.open()).defaultBrowserContext();
    page = await open();
    // By this page's clock all of her first visit was half an hour ago.
    await moveClock(page, -HALF_AN_HOUR_AND_A_BIT);
  });
  after(() => stage.close());

  const open = async () => {
    const opened = await context.newPage();
    opened.on("pageerror", (error) => complaints.push(String(error)));
    opened.on("console", (message) => {
      if (["error", "warn"].includes(message.type())) complaints.push(message.text());
    });
    return opened;
  };
  /** Leaves the page, and waits until it is noted when. */
  const leave = async () => {
    await page.goto("about:blank");
    for (let tries = 0; tries < 500; tries++)
      if ((await context.cookies()).some(({ name }) => name === "vitrine_last")) return page.close();
    throw new Error("it was not noted when the page was left");
  };
  const click = async (selector: string, title: RegExp) => {
    await (await page.waitForSelector(selector))!.click();
    await page.waitForFunction((source) => new RegExp(source).test(document.title), {}, title.source);
  };

  it("counts each view once, by its address and title, and what is looked at and bought", async () => {
    await visit(page, stage.demo, "/app/");
    assert.match(await heroOf(page), /Clothes for most of your days/);
    const load = await page.evaluate(() => performance.timeOrigin);
    await accept(page);
    await click("nav a[href='/app/c/skirts']", /skirts/);
    await click("a[href='/app/p/B4']", /Lia/);
    const size = await page.$eval("select option:nth-child(3)", ({ textContent }) => textContent);
    await page.select("select", size);
    await page.click("form button");
    await click("[role=status] a", /cart/);
    assert.match(
      await page.$eval(".lines", (lines) => lines.textContent ?? ""),
      new RegExp(`Lia.*${size} · 1`, "s"),
    );
    await page.goBack();
    await page.waitForFunction(() => document.title.startsWith("Lia"));
    assert.equal(await page.evaluate(() => performance.timeOrigin), load, "it was one page load");
    // The view of the last step is told after its frame.
    await page.waitForFunction(() => (window.vitrine.profile().counters["page"]?.total ?? 0) === 5);
    await delivered(page);
    const { cart, lastViewed, counters } = await page.evaluate(() => window.vitrine.profile());
    assert.equal(lastViewed.category?.id, "skirts");
    assert.equal(cart.count, 1);
    assert.equal(counters["Product List Viewed"]?.total, 1);
    assert.equal(counters["Product Viewed"]?.total, 2);
    assert.deepEqual(complaints, []);
  });

  it("fills a slot of the next view before it is painted, with what was published meanwhile", async () => {
    const rule: Rule = {
      id: "note",
      placement: "cart-note",
      purposes: [],
      action: { type: "message", text: { en: "Free delivery today" } },
    };
    const { published } = await merchant.call<{ published: { content: { rules: Rule[] } } }>("GET", "/rules");
    const version = await merchant.publish([...published.content.rules, rule]);
    await page.waitForFunction(
      (wanted) => window.vitrine.decide("cart-note").version === wanted,
      {},
      version,
    );
    await page.evaluate(() => document.querySelector<HTMLElement>("header a[href='/app/cart']")!.click());
    const shown = await page.evaluate(async () => {
      while (!document.querySelector("[data-vitrine-slot='cart-note']")) await Promise.resolve();
      await new Promise(requestAnimationFrame);
      return document.querySelector("[data-vitrine-slot='cart-note']")!.textContent;
    });
    assert.match(shown ?? "", /Free delivery today/);
    assert.deepEqual(complaints, []);
  });

  it("is rendered by the server with what she looked for, when she comes back", async () => {
    await leave();
    page = await open();
    await watch(page);
    const response = await page.goto(`${stage.demo.shopUrl}/app/`, { waitUntil: "load" });
    const html = await response!.text();
    assert.match(html, /<div data-vitrine-slot="home-hero"><div class="vitrine-block/);
    assert.match(html, /Still looking for skirts\?/);
    await page.evaluate(async () => void (await window.vitrine.ready()));
    await page.waitForFunction(() => (window.vitrine.profile().counters["Content Shown"]?.total ?? 0) >= 2);
    assert.match(await heroOf(page), /Still looking for skirts\?.*Lia.*Because you looked at skirts/s);
    const look = await page.$eval(".vitrine-products", (list) => getComputedStyle(list).display);
    assert.equal(look, "grid", "content from the server has its look");
    const { shift, changes } = await watchedOf(page);
    assert.deepEqual(changes, [], "hydration found what the server sent");
    assert.equal(shift, 0);
    assert.deepEqual(complaints, []);
  });

  it("shows the shop's default at once when she refuses, and the server knows nobody any more", async () => {
    await page.evaluate(() => window.vitrine.consent("denied"));
    await page.waitForFunction(() =>
      document.querySelector(".hero")?.textContent?.includes("Clothes for most of your days"),
    );
    await page.waitForFunction(() => !document.cookie.includes("vitrine_last"));
    const response = await page.goto(`${stage.demo.shopUrl}/app/`, { waitUntil: "load" });
    assert.doesNotMatch(await response!.text(), /Still looking/);
    assert.deepEqual(complaints, []);
  });
});
