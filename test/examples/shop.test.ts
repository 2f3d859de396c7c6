import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Page } from "puppeteer-core";
import { launchChromium } from "../support/chromium.ts";
import { ADDRESS, type RunningShop, sizeInStock, startShop } from "./shopSupport.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let shop: RunningShop;
let browser: Browser;
before(async () => {
  shop = await startShop({ proof: (userId, deviceId) => `signed:${userId}:${deviceId}` });
  // Going back then shows the page from the HTTP cache and runs its script anew: the harder case for a data layer.
  browser = await launchChromium({ args: ["--disable-features=BackForwardCache"] });
});
after(async () => {
  await browser.close();
  await shop.close();
});

interface Visiting {
  context: BrowserContext;
  page: Page;
  /** Errors of scripts and policy violations, as the console shows them. */
  problems: string[];
}

async function visitor(width: number, cookies: Record<string, string> = {}): Promise<Visiting> {
  const context = await browser.createBrowserContext();
  for (const [name, value] of Object.entries(cookies)) {
    await context.setCookie({ name, value, domain: "localhost", path: "/" });
  }
  const page = await context.newPage();
  await page.setViewport({ width, height: 800 });
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return { context, page, problems };
}

/** Names of the events in `dataLayer`, in order. */
async function pushed(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (window as unknown as { dataLayer: { event?: string }[] }).dataLayer.flatMap(({ event }) => event ?? []),
  );
}

/** The id of what has the focus, or its text. */
async function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim() || "");
}

async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused(page)) === wanted) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`"${wanted}" cannot be reached with the Tab key`);
}

describe("a page of the shop", () => {
  const cookies = { shop_bag: "A2.M.1~S1.38.2" };
  for (const path of ["/", "/c/trousers", "/p/A2", "/p/C2", "/p/S1", "/cart", "/checkout", "/privacy"]) {
    for (const width of [390, 1280]) {
      it(`${path} has nothing that axe objects to, ${width} px wide`, async () => {
        const { context, page, problems } = await visitor(width, cookies);
        await page.goto(shop.origin + path);
        await page.waitForSelector(".consent:not([hidden])");
        // Through the debugger, which the page's policy does not bind.
        await page.evaluate(axe);
        const violations = await page.evaluate(async () => {
          const results = await (window as unknown as { axe: typeof import("axe-core") }).axe.run();
          return results.violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
          );
        });
        await context.close();
        assert.deepEqual(violations, []);
        assert.deepEqual(problems, []);
      });
    }
  }

  for (const path of [
    "/",
    "/c/sale",
    "/p/A2",
    "/p/S1",
    "/cart",
    "/checkout",
    "/account",
    "/help",
    "/nothing",
  ]) {
    it(`${path} fits 360 px without scrolling sideways`, async () => {
      const { context, page } = await visitor(360, cookies);
      await page.goto(shop.origin + path);
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await context.close();
      assert.equal(excess, 0);
    });
  }

  it("loads every picture it shows", async () => {
    const { context, page } = await visitor(1280);
    await page.goto(`${shop.origin}/`);
    const sizes = await page.evaluate(() =>
      Promise.all(
        [...document.images].map(async (image) => {
          image.loading = "eager";
          await image.decode();
          return image.naturalWidth;
        }),
      ),
    );
    await context.close();
    assert.ok(sizes.length > 12);
    assert.ok(sizes.every((width) => width > 0));
  });
});

describe("buying", () => {
  it("works with JavaScript switched off, by the shop's forms alone", async () => {
    const { context, page } = await visitor(390);
    await page.setJavaScriptEnabled(false);
    await page.goto(`${shop.origin}/p/S1`);
    await page.click(`#shoe-${sizeInStock("S1")}`);
    await Promise.all([page.waitForNavigation(), page.click(".buy-form .button")]);
    assert.equal(new URL(page.url()).pathname, "/cart");
    await Promise.all([page.waitForNavigation(), page.click("a.button")]);
    for (const name of ["email", "name", "street", "city", "zip"])
      await page.type(`#${name}`, ADDRESS[name] ?? "");
    await Promise.all([page.waitForNavigation(), page.click(".checkout .button")]);
    assert.match(new URL(page.url()).pathname, /^\/order\/HR-/);
    const heading = await page.$eval("h1", (element) => element.textContent);
    await page.reload();
    assert.equal(await page.$eval("h1", (element) => element.textContent), heading);
    await context.close();
    assert.match(heading ?? "", /Thank you, Ada Lovelace/);
  });

  it("works by keyboard alone: select, radio buttons and buttons", async () => {
    const { context, page } = await visitor(1280);
    await page.goto(`${shop.origin}/p/A2`);
    await tabTo(page, "size");
    await page.keyboard.type(sizeInStock("A2"));
    await tabTo(page, "Add to bag");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);

    await page.goto(`${shop.origin}/p/C2`);
    await page.evaluate(() =>
      document.querySelector<HTMLInputElement>('input[name="size"]:enabled')?.focus(),
    );
    await page.keyboard.press("Space");
    await tabTo(page, "Add to bag");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);

    await page.goto(`${shop.origin}/p/S1`);
    await tabTo(page, sizeInStock("S1"));
    await page.keyboard.press("Enter");
    assert.equal(
      await page.$eval('[aria-pressed="true"][data-value]', (button) => button.textContent?.trim()),
      sizeInStock("S1"),
    );
    await tabTo(page, "Add to bag");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    const lines = await page.$$eval(".cart-line", (entries) => entries.length);
    await context.close();
    assert.equal(lines, 3);
  });

  it("asks for a size before a shoe goes into the bag", async () => {
    const { context, page } = await visitor(1280);
    await page.goto(`${shop.origin}/p/S1`);
    await page.click(".buy-form .button");
    const message = await page.$eval(".buy-form .form-error", (element) => element.textContent);
    const path = new URL(page.url()).pathname;
    await context.close();
    assert.equal(message, "Choose a size first.");
    assert.equal(path, "/p/S1");
  });
});

describe("the data layer in the page", () => {
  it("reports the bag once, also when the page is loaded again or gone back to", async () => {
    const { context, page } = await visitor(1280);
    // Adds up over all documents of the tab what any of them pushes.
    await page.evaluateOnNewDocument(() => {
      const layer: unknown[] = [];
      layer.push = (entry: { event?: string }) => {
        sessionStorage.setItem("pushed", `${sessionStorage.getItem("pushed") ?? ""} ${entry.event ?? ""}`);
        return 0;
      };
      Object.assign(window, { dataLayer: layer });
    });
    await page.goto(`${shop.origin}/p/A2`);
    await page.select("#size", sizeInStock("A2"));
    await Promise.all([page.waitForNavigation(), page.click(".buy-form .button")]);
    await page.goto(`${shop.origin}/help`);
    await page.goBack();
    await page.reload();
    const names = await page.evaluate(() => sessionStorage.getItem("pushed")?.split(/\s+/) ?? []);
    await context.close();
    assert.equal(names.filter((name) => name === "add_to_cart").length, 1);
    assert.ok(names.filter((name) => name === "view_cart").length >= 2);
  });

  it("clears ecommerce before each event that has one", async () => {
    const { context, page } = await visitor(1280);
    await page.goto(`${shop.origin}/p/A2`);
    const shape = await page.evaluate(() =>
      (window as unknown as { dataLayer: { event?: string; ecommerce?: unknown }[] }).dataLayer.map(
        (entry) => ("ecommerce" in entry && entry.ecommerce === null ? "clear" : (entry.event ?? "page")),
      ),
    );
    await context.close();
    assert.deepEqual(shape, ["page", "clear", "view_item", "clear", "view_item_list"]);
  });

  it("reports the click on an item with its place in the list, and the hero's as a promotion", async () => {
    const { context, page } = await visitor(1280);
    await page.goto(`${shop.origin}/`);
    const clicked = await page.evaluate(() => {
      document.addEventListener("click", (event) => event.preventDefault());
      document.querySelectorAll<HTMLAnchorElement>("a[data-item]")[2]?.click();
      document.querySelector<HTMLAnchorElement>(".hero a")?.click();
      const layer = (
        window as unknown as { dataLayer: { event?: string; ecommerce?: { items?: { index: number }[] } }[] }
      ).dataLayer;
      return layer
        .filter(({ event }) => event?.startsWith("select_"))
        .map(({ event, ecommerce }) => [event, ecommerce?.items?.[0]?.index ?? null]);
    });
    await context.close();
    assert.deepEqual(clicked, [
      ["select_item", 2],
      ["select_promotion", null],
    ]);
  });

  it("says nothing of the hero when something else stands in its place", async () => {
    const { context, page } = await visitor(1280);
    await page.evaluateOnNewDocument(() => {
      new MutationObserver(() => document.querySelector(".hero-default")?.remove()).observe(document, {
        childList: true,
        subtree: true,
      });
    });
    await page.goto(`${shop.origin}/`);
    const names = await pushed(page);
    await context.close();
    assert.deepEqual(names, ["view_item_list"]);
  });

  it("follows the checkout: begun, delivery, payment, purchase, and the purchase again on a reload", async () => {
    const { context, page } = await visitor(1280, { shop_bag: "B4.L.1" });
    await page.goto(`${shop.origin}/checkout`);
    for (const name of ["email", "name", "street", "city", "zip"])
      await page.type(`#${name}`, ADDRESS[name] ?? "");
    await page.click('input[value="express"]');
    await page.click('input[value="cash"]');
    assert.deepEqual(await pushed(page), ["begin_checkout", "add_shipping_info", "add_payment_info"]);
    await Promise.all([page.waitForNavigation(), page.click(".checkout .button")]);
    assert.deepEqual(await pushed(page), ["purchase"]);
    await page.reload();
    const names = await pushed(page);
    await context.close();
    assert.deepEqual(names, ["purchase"]);
  });
});

/** Calls waiting for an SDK that never comes. */
async function queue(page: Page): Promise<unknown> {
  return page.evaluate(() => (window as unknown as { vitrine?: { q: unknown } }).vitrine?.q ?? []);
}

describe("what the shop tells the SDK", () => {
  it("is the shopper's choice, when she makes it and on every later page", async () => {
    const { context, page } = await visitor(390);
    await page.goto(`${shop.origin}/`);
    assert.deepEqual(await queue(page), []);
    await page.click('[data-consent="granted"]');
    const granted = [
      ["consent", [{ analytics: "granted", personalization: "granted", marketing: "granted" }]],
    ];
    assert.deepEqual(await queue(page), granted);
    await page.goto(`${shop.origin}/privacy`);
    assert.deepEqual(await queue(page), granted);
    assert.equal(await page.$eval(".consent", (banner) => banner.hasAttribute("hidden")), true);
    await page.click("#purpose-marketing");
    await page.click("[data-privacy] .button");
    const later = await queue(page);
    await context.close();
    assert.deepEqual(later, [
      ...granted,
      ["consent", [{ analytics: "granted", personalization: "granted", marketing: "denied" }]],
    ]);
  });

  it("is who signed in, with a proof for this device, once; and the reset when she signs out", async () => {
    const { context, page } = await visitor(1280);
    await page.evaluateOnNewDocument(() => {
      const calls = JSON.parse(sessionStorage.getItem("calls") ?? "[]") as unknown[];
      const note = (...call: unknown[]): Promise<void> => {
        calls.push(call);
        sessionStorage.setItem("calls", JSON.stringify(calls));
        return Promise.resolve();
      };
      Object.assign(window, {
        vitrine: {
          consent: () => {},
          ready: () => Promise.resolve({ anonymousId: "device-123" }),
          identify: async (
            id: string,
            traits: object,
            { proof }: { proof: (device: string) => Promise<string> },
          ) => note("identify", id, traits, await proof("device-123")),
          reset: () => note("reset"),
        },
      });
    });
    const calls = (): Promise<unknown[]> =>
      page.evaluate(() => JSON.parse(sessionStorage.getItem("calls") ?? "[]") as unknown[]);
    await page.goto(`${shop.origin}/account`);
    await page.type("#user", "Ada");
    await Promise.all([page.waitForNavigation(), page.click("main .button")]);
    await page.waitForFunction(() => sessionStorage.getItem("shop-identified") === "ada");
    await page.goto(`${shop.origin}/c/skirts`);
    assert.deepEqual(await calls(), [["identify", "ada", { name: "Ada" }, "signed:ada:device-123"]]);
    await page.goto(`${shop.origin}/account`);
    await Promise.all([page.waitForNavigation(), page.click("[data-sign-out] button")]);
    const all = await calls();
    await context.close();
    assert.deepEqual(all.slice(1), [["reset"]]);
  });
});
