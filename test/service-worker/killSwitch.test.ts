import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { startDemo, type Demo, type DemoOptions } from "../../examples/demo.ts";
import { launchChromium } from "../support/chromium.ts";
import { accept, temporaryFolder, visit } from "../support/shopper.ts";
import { controlled } from "./support/controlWorker.ts";
import { openGatedShop } from "./support/gatedShop.ts";
import { until } from "./support/countEvents.ts";

/** A worker that answers every request with an error, and never lets go of a page. */
const BROKEN = `addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => event.respondWith(Response.error()));`;

const registrations = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

const cacheNames = (page: Page) => page.evaluate(async () => (await caches.keys()).sort());

describe("a service worker that must go", () => {
  let browser: Browser;
  before(async () => (browser = await launchChromium()));
  after(() => browser.close());

  it("unregisters itself and takes its own caches along, when the server says off", async (t) => {
    const data = await temporaryFolder("kill");
    t.after(data.remove);
    const options: DemoOptions = { port: 0, dataDir: data.path, worker: true };
    let demo: Demo = await startDemo(options);
    const page = await browser.newPage();
    await visit(page, demo, "/");
    await controlled(page);
    await accept(page);
    await visit(page, demo, "/p/B4");
    await page.waitForFunction(() => caches.match("/p/B4"));
    await page.evaluate(() => caches.open("the shop's own"));
    await demo.close();
    demo = await startDemo({ ...options, port: demo.port, server: { serviceWorker: false } });
    t.after(() => demo.close());
    await visit(page, demo, "/");
    await until("the worker is gone", async () => !(await registrations(page)));
    assert.deepEqual(await cacheNames(page), ["the shop's own"]);
    // The page registers what the server gives out, which goes again.
    await visit(page, demo, "/c/skirts");
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    assert.match(await page.$eval("h1", (one) => one.textContent), /Skirts/);
    await until("and is gone again", async () => !(await registrations(page)));
    assert.deepEqual(await cacheNames(page), ["the shop's own"]);
    await page.close();
  });

  it("is replaced on the next visit when it is broken: none waits behind an open tab", async (t) => {
    const shop = await openGatedShop(t);
    const repaired = shop.worker;
    shop.worker = BROKEN;
    const page = await browser.newPage();
    await page.goto(`${shop.origin}/`, { waitUntil: "load" });
    await controlled(page);
    await assert.rejects(page.goto(`${shop.origin}/`), /ERR_FAILED/, "the control: it does break the shop");
    const tab = await browser.newPage(); // stays open, under the broken worker
    await tab.goto(`${shop.origin}/`).catch(() => {});
    shop.worker = repaired;
    const asked = shop.workerAsked;
    await page.goto(`${shop.origin}/`).catch(() => {});
    // The browser looks for a new worker a moment after a visit; another visit would put that off.
    await until("the browser asks for the worker again", () => shop.workerAsked > asked);
    await until("a visit works", async () =>
      (await page.goto(`${shop.origin}/`).catch(() => undefined))?.ok(),
    );
    await shop.open(page);
    await Promise.all([page.close(), tab.close()]);
  });

  it("leaves nothing of an older version behind, and nothing of others touched", async (t) => {
    const shop = await openGatedShop(t);
    const page = await browser.newPage();
    await shop.open(page);
    await page.evaluate(async () => {
      for (const name of ["vitrine:pages:0", "vitrine-like", "the shop's own"]) await caches.open(name);
    });
    shop.worker += "// another version";
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await page.waitForFunction(async () => !(await caches.has("vitrine:pages:0")));
    const names = await cacheNames(page);
    assert.ok(names.includes("the shop's own") && names.includes("vitrine-like"), names.join());
    await page.close();
  });

  it("does not take the shop along when it cannot be loaded", async (t) => {
    const shop = await openGatedShop(t);
    shop.worker = `importScripts("${shop.server.url}/v/no-such-file.js");`;
    const page = await browser.newPage();
    await page.goto(`${shop.origin}/`, { waitUntil: "load" });
    await page.waitForFunction(() => typeof window.vitrine?.ready === "function");
    const { status } = await page.evaluate(async () => {
      const told = window.vitrine.track("Without a worker", { id: "1" });
      await window.vitrine.flush();
      return told;
    });
    assert.equal(status, "stored");
    assert.equal(await registrations(page), 0);
    await page.close();
  });
});
