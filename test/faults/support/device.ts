import type { Browser, Frame, LaunchOptions, Page } from "puppeteer-core";
import { launchChromium } from "../../support/chromium.ts";
import { temporaryFolder } from "../../support/shopper.ts";
import type { Note } from "./checkDelivery.ts";
import type { Scope } from "./FaultRow.ts";
import { generate, type Load } from "./generate.ts";
import type { Shop } from "./shop.ts";

/** A guard against hanging, for machines that are busy. */
const PATIENCE_MS = 120_000;

/** A shopper's device: a profile folder that outlives its browsers. */
export interface Device {
  /** Path of the folder. */
  profile: string;
  /** Starts the browser, after the one before is gone. */
  start: (options?: LaunchOptions) => Promise<Browser>;
  /** Kills the browser with everything it started, as a system out of memory would. */
  kill: () => Promise<void>;
  close: () => Promise<void>;
  /** Opens a page of the shop and waits for the SDK; `prepare` comes before the page's first request. */
  openTab: (prepare?: (page: Page) => Promise<unknown>) => Promise<Page>;
  /** Opens it as somebody else, with a storage of their own that goes with the browser. */
  openStranger: () => Promise<Page>;
  /**
   * Opens the shop until nothing is left to send, ended page loads are reported, and closes the browser.
   * @param aheadMs how far the clocks of those pages were ahead
   */
  drain: (aheadMs?: number) => Promise<void>;
}

/** Gives a device; `folder` where it shall not be one of its own. */
export async function createDevice(scope: Scope, shop: Shop, folder?: string): Promise<Device> {
  let profile = folder;
  if (!profile) {
    const own = await temporaryFolder("device");
    scope.after(own.remove);
    profile = own.path;
  }
  let browser: Browser | undefined;
  const kill = async () => {
    const dead = browser;
    browser = undefined;
    if (!dead?.connected) return;
    const gone = new Promise((resolve) => dead.once("disconnected", resolve));
    process.kill(-dead.process()!.pid!, "SIGKILL");
    await gone;
  };
  scope.after(kill);

  const close = async () => {
    const open = browser;
    browser = undefined;
    await open?.close();
  };
  const start: Device["start"] = async (options = {}) =>
    (browser = await launchChromium({ userDataDir: profile, timeout: PATIENCE_MS, ...options }));
  const open = async (page: Page, prepare?: Parameters<Device["openTab"]>[0]) => {
    page.setDefaultTimeout(PATIENCE_MS);
    await page.exposeFunction("note", (notes: Note[]) => void shop.ledger.notes.push(...notes));
    await page.exposeFunction("noteCalls", (ids: string[]) => {
      for (const id of ids) shop.ledger.called.add(id);
    });
    await prepare?.(page);
    await page.goto(shop.url, { waitUntil: "domcontentloaded" });
    await isReady(page);
    return page;
  };
  const running = async () => browser ?? start();
  const openTab: Device["openTab"] = async (prepare) => open(await (await running()).newPage(), prepare);
  const openStranger = async () => {
    const context = await (await running()).createBrowserContext();
    return open(await context.newPage());
  };
  const drain: Device["drain"] = async (aheadMs = 0) => {
    const page = await openTab();
    await page.evaluate(drainPage, aheadMs);
    await close();
  };
  return { profile, start, kill, close, openTab, openStranger, drain };
}

/** Waits until the SDK of a page knows consent and device. */
export async function isReady(page: Page | Frame): Promise<void> {
  // Not by frames: a page in the background has none.
  await page.waitForFunction(() => typeof window.vitrine?.ready === "function", { polling: 20 });
  await page.evaluate(async () => void (await window.vitrine.ready()));
}

/** Announces events and has a page, or a frame of one, create them. Resolves once all are handed in. */
export function createEvents({ ledger }: Shop, page: Page | Frame, load: Load): Promise<void> {
  const { from = 0, count } = load;
  ledger.announced.set(load.page, Math.max(from + count, ledger.announced.get(load.page) ?? 0));
  return page.evaluate(generate, load);
}

/** Sends until the outbox is empty and every page load that is over was reported. Runs in a page. */
export async function drainPage(clockMs: number): Promise<void> {
  // A page load counts as over some seconds after its last event; the page's clock says when.
  const now = Date.now;
  let aheadMs = clockMs + 10_000;
  Date.now = () => now() + aheadMs;
  const opened = (request: IDBRequest) =>
    new Promise<never>((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result as never));
      request.addEventListener("error", () => reject(request.error!));
    });
  const left = async (): Promise<number> => {
    const db = (await opened(indexedDB.open("vitrine"))) as IDBDatabase;
    const [outbox, kv] = (["outbox", "kv"] as const).map((name) => db.transaction(name).objectStore(name));
    const [rows, keys] = (await Promise.all([opened(outbox!.count()), opened(kv!.getAllKeys())])) as [
      number,
      string[],
    ];
    db.close();
    const locks = await navigator.locks.query();
    const live = new Set([...locks.held!, ...locks.pending!].map(({ name }) => name));
    const over = keys.filter((key) => key.startsWith("w:") && !live.has(`vitrine.writer.${key.slice(2)}`));
    return rows + over.length;
  };
  do {
    // Also past a Retry-After.
    aheadMs += 10_000;
    void window.vitrine.track("Last");
    await window.vitrine.flush();
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (await left());
}
