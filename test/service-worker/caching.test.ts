import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "puppeteer-core";
import { accept, chooseSize, setStage, submit, visit, type Stage } from "../support/shopper.ts";
import { cached, controlled } from "./support/controlWorker.ts";

describe("what the worker keeps of a shopper", () => {
  let stage: Stage;
  let page: Page;

  before(async () => {
    stage = await setStage({ worker: true });
    page = await (await stage.open()).newPage();
    await visit(page, stage.demo, "/");
    await controlled(page);
  });
  after(() => stage.close());

  /** Waits until the last script of the page is in the shell's cache: what comes before it was decided about. */
  const settled = () => page.waitForFunction(() => caches.match("/assets/shop.js", { ignoreSearch: true }));

  const pathsIn = async (name: string) =>
    ((await cached(page))[`vitrine:${name}:1`] ?? []).map((url) => new URL(url).pathname);

  it("is nothing before she said so; the shell is everybody's", async () => {
    await visit(page, stage.demo, "/c/skirts");
    await settled();
    await visit(page, stage.demo, "/p/B4");
    assert.deepEqual(await pathsIn("pages"), []);
    assert.deepEqual(await pathsIn("pictures"), []);
    assert.ok((await pathsIn("shell")).includes("/assets/shop.css"));
  });

  it("is the pages and pictures that she saw, once she accepted", async () => {
    await accept(page);
    await visit(page, stage.demo, "/c/blouses");
    await visit(page, stage.demo, "/p/C56");
    await page.waitForFunction(() => caches.match("/p/C56"));
    await page.waitForFunction(() => caches.match("/images/C56.svg"));
    assert.ok((await pathsIn("pages")).includes("/c/blouses"));
  });

  it("goes when another person may follow, and when she takes her word back", async () => {
    const isForgotten = (path: string) =>
      page.waitForFunction(async (url) => !(await caches.match(url)), {}, path);
    await page.evaluate(() => window.vitrine.reset());
    await isForgotten("/p/C56");
    await isForgotten("/images/C56.svg");
    await visit(page, stage.demo, "/p/B4");
    await page.waitForFunction(() => caches.match("/p/B4"));
    await visit(page, stage.demo, "/privacy");
    await page.waitForFunction(() => caches.match("/privacy"));
    await page.$$eval("[data-privacy] input[type=checkbox]", (boxes) => {
      for (const box of boxes) box.checked = false;
    });
    await page.click("[data-privacy] button");
    await isForgotten("/privacy");
    await isForgotten("/p/B4");
    await visit(page, stage.demo, "/c/skirts");
    await visit(page, stage.demo, "/p/B4");
    assert.deepEqual(await pathsIn("pages"), []);
    assert.ok((await pathsIn("shell")).includes("/"), "the home page as a stranger sees it");
  });

  it("never is an answer to a form: buying works under the worker", async () => {
    await visit(page, stage.demo, "/p/B4");
    await chooseSize(page, "M");
    await submit(page, "form[action='/cart/add'] button:not([type=button])");
    await visit(page, stage.demo, "/cart");
    assert.match(await page.$eval("main", (main) => main.textContent), /Lia tiered poplin skirt/);
    const all = Object.values(await cached(page)).flat();
    assert.ok(!all.some((url) => url.includes("/cart/add")));
  });
});
