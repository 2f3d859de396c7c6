import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Frame, Page } from "puppeteer-core";
import { temporaryFolder } from "../../support/shopper.ts";
import { buildSdk } from "../support/buildSdk.ts";
import { createDevice, createEvents, isReady } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { eventually, idsOf } from "../support/untilStored.ts";
import { sentEvents, vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

const EVENTS = 10;
const OTHER_VERSION = "/v/vitrine.js?other";

/** Puts the page's own tag in once more, perhaps of another version. Runs in the page. */
function addTag(src: string): Promise<unknown> {
  const tag = document.querySelector<HTMLScriptElement>("script[data-site]")!;
  const again = document.createElement("script");
  Object.assign(again.dataset, tag.dataset);
  again.src = src || tag.src;
  return new Promise((resolve) => {
    again.addEventListener("load", resolve);
    document.head.append(again);
  });
}

/** A single-page shop that goes to another view and puts its head in anew. Runs in the page. */
function remount(): void {
  history.pushState({}, "", "/another-view");
  const tag = document.querySelector<HTMLScriptElement>("script[data-site]")!;
  const again = document.createElement("script");
  for (const { name, value } of tag.attributes) again.setAttribute(name, value);
  tag.remove();
  document.head.append(again);
}

/** Opens a frame on the shop. */
async function addFrame(page: Page, src: string, sandbox?: string): Promise<Frame> {
  await page.evaluate(
    (address, rules) => {
      const frame = document.createElement("iframe");
      if (rules) frame.setAttribute("sandbox", rules);
      frame.src = address;
      document.body.append(frame);
    },
    src,
    sandbox,
  );
  const frame = await page.waitForFrame((candidate) => candidate.url() === src);
  await isReady(frame);
  return frame;
}

/** How a page comes to have several scripts, or an odd place; gives all frames that count. */
const WAYS: Record<string, (page: Page, url: string) => Promise<(Page | Frame)[]>> = {
  "the tag twice": async (page) => {
    await page.evaluate(addTag, "");
    return [page];
  },
  "another version's tag": async (page) => {
    await page.evaluate(addTag, OTHER_VERSION);
    return [page];
  },
  "the head put in anew": async (page) => {
    await page.evaluate(remount);
    return [page];
  },
  "a frame of the shop": async (page, url) => [page, await addFrame(page, `${url}frame`)],
  "a sandboxed frame": async (page, url) => [page, await addFrame(page, `${url}frame`, "allow-scripts")],
};

/** The same, before the first script came. */
const EARLY: Record<string, string> = {
  "the tag twice, early": "",
  "another version's tag, early": OTHER_VERSION,
};

/** What the page's data layer says each instance hears: two would count it twice. */
const view = (frame: Page | Frame, product: string) =>
  frame.evaluate((item_id) => {
    const layer = ((window as unknown as { dataLayer?: object[] }).dataLayer ??= []);
    layer.push({ event: "view_item", ecommerce: { items: [{ item_id, item_name: "Skirt" }] } });
  }, product);

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  const shop = await openShop(scope, { attributes: 'data-personal="false"' });
  shop.network.files.set(OTHER_VERSION, await buildSdk([]));
  const device = await createDevice(scope, shop);
  const noises: PageNoise[] = [];
  const violations: string[] = [];
  let places = 0;
  const check = async (what: string, frames: (Page | Frame)[]) => {
    for (const frame of frames) {
      const name = `place${places++}`;
      await createEvents(shop, frame, { page: name, count: EVENTS });
      await view(frame, name);
      const isTold = () => {
        const ids = shop.ledger.notes.flatMap(({ level, id, messageId }) =>
          level === "delivered" ? (messageId ?? id ?? []) : [],
        );
        const mine = sentEvents(shop.network).filter(({ properties }) =>
          properties?.id?.startsWith(`${name}.`),
        );
        return (
          mine.length === idsOf(name, EVENTS).length && mine.every(({ messageId }) => ids.includes(messageId))
        );
      };
      const views = () =>
        sentEvents(shop.network).filter(({ properties }) => properties?.product_id === name).length;
      await frame.evaluate(() => window.vitrine.flush());
      if ((await eventually(isTold)) === undefined) violations.push(`${what}: events are not sent`);
      if ((await eventually(views)) === undefined) violations.push(`${what}: the data layer is not heard`);
      else if (views() > 1) violations.push(`${what}: counted ${views()} times`);
    }
  };
  for (const [what, prepare] of Object.entries(WAYS)) {
    const page = await device.openTab(async (tab) => void noises.push(watchPage(tab)));
    await check(what, await prepare(page, shop.url));
    await page.close();
  }
  for (const [what, src] of Object.entries(EARLY)) {
    const page = await device.openTab(async (tab) => {
      noises.push(watchPage(tab));
      await tab.evaluateOnNewDocument(
        `addEventListener("DOMContentLoaded", () => void (${addTag.toString()})(${JSON.stringify(src)}))`,
      );
    });
    await check(what, [page]);
    await page.close();
  }
  const file = await device.openTab(async (tab) => void noises.push(watchPage(tab)));
  await check("a file", [await openFile(scope, file)]);
  await device.close();
  await device.drain();
  const { account, violations: broken } = await shop.settle();
  violations.push(...broken, ...vanished(account, shop.network), ...uncaught(noises));
  return { faults: places, account, violations };
}

/** The shop's page from the disk, as somebody saved it. */
async function openFile(scope: Scope, page: Page): Promise<Page> {
  const folder = await temporaryFolder("saved");
  scope.after(folder.remove);
  const saved = await page.evaluate(() => {
    const tag = document.querySelector<HTMLScriptElement>("script[data-site]")!;
    tag.setAttribute("src", tag.src);
    return document.documentElement.outerHTML;
  });
  const path = join(folder.path, "saved.html");
  await writeFile(path, `<!doctype html>${saved}`);
  await page.goto(pathToFileURL(path).href);
  await isReady(page);
  return page;
}

/** Several scripts in one page, and pages in odd places. */
export const severalScripts: FaultRow = {
  id: "A19",
  about: "the tag is there twice, in two versions, put in anew, in frames, in a file",
  trials: { ci: 1, full: 20 },
  run,
};
