import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { startDemo, type Demo } from "../../examples/demo.ts";
import { launchChromium } from "../support/chromium.ts";
import { accept, delivered, moveClock, planned, temporaryFolder, visit } from "../support/shopper.ts";
import { cached, controlled, workerOf } from "./support/controlWorker.ts";

const HALF_AN_HOUR_AND_A_BIT = 31 * 60_000;

describe("the example shop with the network gone", () => {
  let data: Awaited<ReturnType<typeof temporaryFolder>>;
  let device: Awaited<ReturnType<typeof temporaryFolder>>;
  let demo: Demo;
  let browser: Browser;
  let page: Page;

  before(async () => {
    data = await temporaryFolder("data");
    device = await temporaryFolder("device");
    demo = await startDemo({ port: 0, dataDir: data.path, worker: true });
    browser = await launchChromium({ userDataDir: device.path });
    page = await browser.newPage();
    await visit(page, demo, "/");
    await controlled(page);
    await accept(page);
    // Pages that must not be kept, though they were seen.
    await visit(page, demo, "/account");
    await visit(page, demo, "/c/skirts");
    await visit(page, demo, "/p/B4");
    await delivered(page);
    await planned(page, "home-hero", "/images/B4.svg");
    await page.waitForFunction(() => caches.match("/p/B4"));
    await page.waitForFunction(() => caches.match("/images/B4.svg"));
    await page.waitForFunction(async () => {
      const shell = await (await caches.open("vitrine:shell:1")).keys();
      return ["/vitrine.js", "/vitrine-personal", "/shop.css"].every((name) =>
        shell.some(({ url }) => url.includes(name)),
      );
    });
    await browser.close();
    await demo.close();
    browser = await launchChromium({ userDataDir: device.path });
    page = await browser.newPage();
    await moveClock(page, HALF_AN_HOUR_AND_A_BIT);
  });
  after(async () => {
    await browser.close();
    await Promise.all([data.remove(), device.remove()]);
  });

  it("opens on the home page, which continues the category with its picture and its reason", async () => {
    const response = await page.goto(`${demo.shopUrl}/`, { waitUntil: "load" });
    assert.equal(response?.status(), 200);
    const hero = await page.$("[data-vitrine-slot='home-hero']");
    const text = await hero!.evaluate((element) => element.textContent);
    assert.match(text, /Still looking for skirts\?/);
    assert.match(text, /Lia tiered poplin skirt/);
    assert.match(text, /Because you looked at skirts/);
    await page.waitForSelector("[data-vitrine-slot='home-hero'] img");
    const widths = await hero!.$$eval("img", (images) =>
      Promise.all(
        images.map(async (image) => {
          await image.decode();
          return image.naturalWidth;
        }),
      ),
    );
    assert.ok(widths.length > 0 && widths.every((width) => width > 0), `pictures ${widths.join()} wide`);
    const styles = await page.evaluate(() =>
      [...document.styleSheets].map(({ cssRules }) => cssRules.length),
    );
    assert.ok(styles[0]! > 50, "in the shop's own style");
  });

  it("is really offline: page and worker reach nobody", async () => {
    const tryIt = async (url: string) => {
      try {
        await fetch(url, { mode: "no-cors" });
        return "answered";
      } catch {
        return "failed";
      }
    };
    const worker = await workerOf(browser, demo.shopUrl);
    for (const url of [`${demo.shopUrl}/help`, `${demo.vitrineUrl}/health`]) {
      assert.equal(await worker.evaluate(tryIt, url), "failed");
      assert.equal(await page.evaluate(tryIt, url), "failed");
    }
  });

  it("opens a page that was seen, also by another campaign, and home where none was", async () => {
    const heading = async (path: string) => {
      await page.goto(demo.shopUrl + path, { waitUntil: "load" });
      return page.$eval("h1", (element) => element.textContent.trim());
    };
    assert.equal(await heading("/p/B4"), "Lia tiered poplin skirt");
    assert.equal(await heading("/p/B4?utm_source=mail"), "Lia tiered poplin skirt");
    assert.equal(await heading("/c/blouses"), "Halden Row");
  });

  it("never answers for checkout and account", async () => {
    for (const path of ["/checkout", "/account"]) {
      const other = await browser.newPage(); // the browser's own error page is still on its way when this is told
      await assert.rejects(other.goto(demo.shopUrl + path), /ERR_CONNECTION_REFUSED/);
      await other.close();
    }
  });

  it("has nothing of the collector, of checkout or account in its caches", async () => {
    await page.goto(`${demo.shopUrl}/`);
    const caches = await cached(page);
    assert.deepEqual(Object.keys(caches).sort(), [
      "vitrine:pages:1",
      "vitrine:pictures:1",
      "vitrine:shell:1",
    ]);
    const paths = Object.values(caches).flatMap((urls) => urls.map((url) => new URL(url).pathname));
    assert.ok(paths.includes("/p/B4"));
    assert.deepEqual(
      paths.filter((path) => /^\/v1\/|checkout|account/.test(path)),
      [],
    );
  });
});
