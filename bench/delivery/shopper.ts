import type { Browser, Page } from "puppeteer-core";
import { openBrowser } from "../support/openBrowser.ts";
import type { Subject } from "./peers/Peer.ts";

/** Calls in one task of the page; then others get their turn, as in a page that lives. */
const CALLS_IN_A_TASK = 10;

/** A page with the library started. */
export interface Tab {
  page: Page;
  /** Tracks the events of `count` numbers from `first` on, until the time is over. @returns how many it made. */
  track: (first: number, count: number, maxMs: number) => Promise<number>;
  /** Makes a call without a number. A page that is gone or busy makes none. */
  goOn: () => void;
  /** Closes the page as a person does: it hears `pagehide`. */
  leave: () => Promise<void>;
}

/** A browser on a profile that outlives it. */
export interface Shopper {
  openTab: () => Promise<Tab>;
  /** Ends the browser in order. */
  close: () => Promise<void>;
  /** Kills the browser with everything it started, as the system's out-of-memory killer would. */
  kill: () => Promise<void>;
}

/** Opens a browser. */
export async function openShopper(profile: string, url: string): Promise<Shopper> {
  const browser = await openBrowser(profile);
  return {
    openTab: async () => openTab(await browser.newPage(), url),
    close: () => browser.close(),
    kill: () => kill(browser),
  };
}

async function openTab(page: Page, url: string): Promise<Tab> {
  await page.goto(url, { waitUntil: "load" });
  await page.waitForFunction("window.subject");
  await page.evaluate(async () => void (await (window.subject as Subject).ready()));
  let isBusy = false;
  return {
    page,
    track: (first, count, maxMs) => page.evaluate(trackAll, first, count, CALLS_IN_A_TASK, maxMs),
    goOn: () => {
      if (isBusy) return;
      isBusy = true;
      page
        .evaluate(() => void (window.subject as Subject).goOn())
        .then(
          () => (isBusy = false),
          () => {},
        );
    },
    leave: async () => {
      const gone = new Promise((resolve) => page.once("close", resolve));
      await page.close({ runBeforeUnload: true });
      await gone;
    },
  };
}

/** Runs in the page. */
async function trackAll(first: number, count: number, callsInATask: number, maxMs: number): Promise<number> {
  const subject = window.subject as Subject;
  const start = performance.now();
  let made = 0;
  while (made < count && performance.now() - start < maxMs) {
    for (let call = 0; call < callsInATask && made < count; call++) void subject.track(first + made++);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return made;
}

async function kill(browser: Browser): Promise<void> {
  const gone = new Promise((resolve) => browser.once("disconnected", resolve));
  process.kill(-browser.process()!.pid!, "SIGKILL");
  await gone;
}
