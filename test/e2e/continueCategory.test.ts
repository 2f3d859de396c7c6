import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "puppeteer-core";
import {
  accept,
  delivered,
  intercept,
  moveClock,
  planned,
  setStage,
  visit,
  type Stage,
} from "../support/shopper.ts";

const HALF_AN_HOUR_AND_A_BIT = 31 * 60_000;

interface Painted {
  elements: string[];
  shift: number;
}

/** Records what Element Timing and Layout Instability report from the first byte on. */
async function watchPaint(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const painted: Painted = { elements: [], shift: 0 };
    Object.assign(window, { painted });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        painted.elements.push((entry as unknown as { identifier: string }).identifier);
    }).observe({ type: "element", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) painted.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/**
 * What was painted until the page had loaded. Frames are reported late but in their order, so a mark
 * that is put into a later frame has everything before it reported first.
 */
async function painted(page: Page): Promise<Painted> {
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const mark = document.createElement("p");
    mark.setAttribute("elementtiming", "mark");
    mark.textContent = "mark";
    mark.style.cssText = "position: fixed; inset: 0 auto auto 0";
    document.body.append(mark);
  });
  await page.waitForFunction(() =>
    (window as unknown as { painted: Painted }).painted.elements.includes("mark"),
  );
  return page.evaluate(() => (window as unknown as { painted: Painted }).painted);
}

/** The page as the shop sends it, with the hero's default marked for Element Timing. */
async function markDefault(url: string): Promise<string> {
  const html = await (await fetch(url)).text();
  return html.replace(
    /(data-vitrine-slot="home-hero">)([\s\S]*?)(<\/section>)/,
    (_, start, inner: string, end) =>
      `${start}${inner.replaceAll(/<(h1|p|img)\b/g, '<$1 elementtiming="default"')}${end}`,
  );
}

describe("a shopper who looked at skirts and comes back", () => {
  let stage: Stage;

  before(async () => {
    stage = await setStage();
    const { demo } = stage;
    const browser = await stage.open();
    const page = await browser.newPage();
    await visit(page, demo, "/");
    await accept(page);
    await visit(page, demo, "/c/skirts");
    await visit(page, demo, "/p/B4");
    await delivered(page);
    await planned(page, "home-hero", "Lia tiered");
    await browser.close();
  });
  after(() => stage.close());

  it("sees skirts in the first painted frame with our server gone, and is told why", async () => {
    const { demo } = stage;
    const browser = await stage.open();
    const page = await browser.newPage();
    await moveClock(page, HALF_AN_HOUR_AND_A_BIT);
    await watchPaint(page);
    await intercept(page, async (request) => {
      if (request.url().startsWith(demo.vitrineUrl)) return "abort";
      if (!request.isNavigationRequest()) return undefined;
      return { status: 200, contentType: "text/html; charset=utf-8", body: await markDefault(request.url()) };
    });
    await page.goto(`${demo.shopUrl}/`, { waitUntil: "load" });
    const slot = await page.$eval("[data-vitrine-slot='home-hero']", (element) => element.textContent);
    assert.match(slot ?? "", /Still looking for skirts\?/i);
    assert.match(slot ?? "", /Lia tiered poplin skirt/);
    assert.match(slot ?? "", /Because you looked at skirts/i);
    const pictures = await page.$$eval("[data-vitrine-slot='home-hero'] img", (images) =>
      images.map(({ naturalWidth }) => naturalWidth > 0),
    );
    assert.ok(pictures[0], "its articles are shown with pictures, which JSON-LD alone told");
    assert.ok(!pictures.includes(false));
    const { elements, shift } = await painted(page);
    assert.ok(!elements.includes("default"), "the shop's default was never painted");
    assert.equal(shift, 0);
  });

  it("is the control: without a plan the same page paints the shop's default", async () => {
    const { demo } = stage;
    const browser = await stage.open();
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    await watchPaint(page);
    await intercept(page, async (request) =>
      request.isNavigationRequest()
        ? { status: 200, contentType: "text/html; charset=utf-8", body: await markDefault(request.url()) }
        : undefined,
    );
    await page.goto(`${demo.shopUrl}/`, { waitUntil: "load" });
    const { elements } = await painted(page);
    assert.ok(elements.includes("default"));
  });

  it("finds the home page as the shop made it while the session goes on", async () => {
    const { demo } = stage;
    const browser = await stage.open();
    const page = await browser.newPage();
    await page.goto(`${demo.shopUrl}/`, { waitUntil: "load" });
    const hero = await page.$eval("[data-vitrine-slot='home-hero']", (element) => element.textContent);
    assert.match(hero ?? "", /Clothes for most of your days/);
    await browser.close();
  });
});

describe("a shopper without history", () => {
  it("gets a page that is the shop's own to the byte", async () => {
    const stage = await setStage();
    const { demo, options } = stage;
    const browser = await stage.open();
    /** The document once the SDK is ready, without our own two tags. */
    const html = async () => {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      if (options.withoutVitrine) await page.goto(`${demo.shopUrl}/`, { waitUntil: "load" });
      else await visit(page, demo, "/");
      const text = await page.evaluate(() => {
        const { head } = document;
        for (const script of head.querySelectorAll("script:not([src]):not([type]), script[data-site]"))
          script.remove();
        return document.documentElement.outerHTML.replaceAll(/\s+/g, " ");
      });
      await context.close();
      return text;
    };
    try {
      const withUs = await html();
      options.withoutVitrine = true;
      assert.equal(withUs, await html());
      assert.match(withUs, /Clothes for most of your days/);
    } finally {
      await stage.close();
    }
  });
});

describe("a cart after an acknowledgement", () => {
  it("is still shown on the next page with the network gone", async () => {
    const stage = await setStage();
    const { demo } = stage;
    try {
      const page = await (await stage.open()).newPage();
      await visit(page, demo, "/");
      await accept(page);
      await visit(page, demo, "/p/B4");
      await page.evaluate(() => {
        const product = { product_id: "B4", name: "Skirt", quantity: 2, size: "M" };
        return window.vitrine.track("Product Added", product).then(() => window.vitrine.flush());
      });
      await intercept(page, (request) =>
        request.url().startsWith(`${demo.vitrineUrl}/v1`) ? "abort" : undefined,
      );
      await visit(page, demo, "/");
      const cart = await page.evaluate(() => window.vitrine.profile().cart);
      assert.equal(cart.count, 2);
      assert.equal(cart.lines[0]?.product.id, "B4");
    } finally {
      await stage.close();
    }
  });
});
