import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, HTTPRequest, Page } from "puppeteer-core";
import { startDemo, type Demo, type DemoOptions } from "../../examples/demo.ts";
import type { Vitrine } from "@vitrine/browser";
import { launchChromium } from "./chromium.ts";

declare global {
  interface Window {
    vitrine: Vitrine;
  }
}

/** A folder that is gone after the test. */
export async function temporaryFolder(name: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `vitrine-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** The demo on a free port and a fresh data folder, with a browser profile that outlives the browser. */
export interface Stage {
  demo: Demo;
  options: DemoOptions;
  /** Opens a browser on the shopper's own profile; an earlier one is closed. */
  open: () => Promise<Browser>;
  close: () => Promise<void>;
}

/** Sets up shop, server and a shopper's device. `options` may be changed while it runs. */
export async function setStage(more: Partial<DemoOptions> = {}): Promise<Stage> {
  const data = await temporaryFolder("data");
  const device = await temporaryFolder("device");
  const options: DemoOptions = { port: 0, dataDir: data.path, ...more };
  const demo = await startDemo(options);
  const browsers: Browser[] = [];
  return {
    demo,
    options,
    open: async () => {
      // One browser at a time can have the device's profile.
      for (const earlier of browsers.splice(0)) await earlier.close().catch(() => {});
      const browser = await launchChromium({ userDataDir: device.path });
      browsers.push(browser);
      return browser;
    },
    close: async () => {
      await Promise.all(browsers.map((browser) => browser.close().catch(() => {})));
      await demo.close();
      await Promise.all([data.remove(), device.remove()]);
    },
  };
}

/** Moves a page's wall clock from its next navigation on: the SDK, the inline reader and the shop see it. */
export async function moveClock(page: Page, ms: number): Promise<void> {
  await page.evaluateOnNewDocument((by) => {
    const now = Date.now;
    Date.now = () => now() + by;
  }, ms);
}

/** An answer that a test gives in the server's place. */
export interface Answer {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

/** What a test does with a request; `undefined` lets it go on. */
export type Intercept = (
  request: HTTPRequest,
) => Answer | "abort" | undefined | Promise<Answer | "abort" | undefined>;

/** Looks at every request of a page. */
export async function intercept(page: Page, decide: Intercept): Promise<void> {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    void Promise.resolve(decide(request)).then((answer) =>
      answer === undefined
        ? request.continue()
        : answer === "abort"
          ? request.abort("connectionrefused")
          : request.respond(answer),
    );
  });
}

/** Goes to a path of the shop and waits until the SDK is ready. */
export async function visit(page: Page, demo: Demo, path: string): Promise<void> {
  await page.goto(demo.shopUrl + path, { waitUntil: "load" });
  // Not by frames: a page in the background has none.
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function", { polling: 20 });
  await page.evaluate(async () => void (await window.vitrine.ready()));
}

/** Accepts the shop's consent banner. */
export async function accept(page: Page): Promise<void> {
  await page.click("[data-consent='granted']");
}

/** Waits until what this page noted has reached the collector. */
export async function delivered(page: Page): Promise<void> {
  await page.evaluate(() => window.vitrine.flush());
}

/** Looks at a product page until that is noted, which takes the page a frame, and has reached the collector. */
export async function lookAt(page: Page, demo: Demo, model: string): Promise<void> {
  await visit(page, demo, `/p/${model}`);
  const isNoted = (id: string) => window.vitrine.profile().lastViewed.product?.id === id;
  await page.waitForFunction(isNoted, { polling: 20 }, model).catch(async (cause: unknown) => {
    throw new Error(`${model} is not noted: ${await page.evaluate(whatIsKnown)}`, { cause });
  });
  await delivered(page);
}

/** What a page knows and what came to it, for the message of a test that waited in vain; runs in the page. */
function whatIsKnown(): string {
  const resources = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  return JSON.stringify({
    at: `${location.href}, ${document.readyState}, ${document.visibilityState}, ${performance.now()} ms`,
    profile: window.vitrine.profile(),
    told: (window as { dataLayer?: unknown }).dataLayer,
    fetched: resources.map(({ name, responseStatus, responseEnd }) => [name, responseStatus, responseEnd]),
  });
}

/** Waits until the plan for the next page has content for a placement, and says `text` somewhere. */
export async function planned(page: Page, placement: string, text = ""): Promise<void> {
  const says = (name: string, words: string) => {
    const plan: string = localStorage["vitrine.plan"] ?? "";
    return plan.includes(`"${name}":[{`) && plan.includes(words);
  };
  await page.waitForFunction(says, {}, placement, text);
}

/** Chooses a size on the product page that is open, as a shopper does. */
export async function chooseSize(page: Page, size: string): Promise<void> {
  const radio = await page.$(`input[type=radio][name=size][value="${size}"]`);
  if (radio) await radio.evaluate((input) => input.click());
  else await page.select("select[name=size]", size);
}

/** Buys one piece: product page, bag, checkout, confirmation. */
export async function buy(page: Page, demo: Demo, model: string, size: string): Promise<void> {
  await visit(page, demo, `/p/${model}`);
  await chooseSize(page, size);
  await submit(page, "form[action='/cart/add'] button:not([type=button])");
  await visit(page, demo, "/checkout");
  const answers = {
    email: "ada@example.com",
    name: "Ada Byron",
    street: "1 Analytical Street",
    city: "Marylebone",
    zip: "12345",
  };
  for (const [name, value] of Object.entries(answers)) await page.type(`input[name='${name}']`, value);
  await submit(page, "form[action='/checkout'] button:not([type=button])");
  if (!new URL(page.url()).pathname.startsWith("/order/")) throw new Error(`no order: ${page.url()}`);
  // Not by frames: a page in the background has none.
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function", { polling: 20 });
  await page.waitForFunction(() => window.vitrine.profile().orders.length > 0);
  await delivered(page);
}

/** Clicks a button that loads another page, and waits for it. */
export async function submit(page: Page, selector: string): Promise<void> {
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.click(selector)]);
}
