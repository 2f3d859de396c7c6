import { readFileSync } from "node:fs";
import type { Browser } from "puppeteer-core";
import { compressedSize } from "../support/compressedSize.ts";
import { interleave } from "../support/interleave.ts";
import { measureCalls } from "../support/measureCalls.ts";
import { measureStart } from "../support/measureStart.ts";
import { openBrowser } from "../support/openBrowser.ts";
import { median } from "../support/statistics.ts";
import { startPageServer, type PageServer } from "./pageServer.ts";
import type { Peer } from "./peers/Peer.ts";
import { startRecordingServer } from "./recordingServer.ts";

/** Times slower than this machine: a modest phone. */
const SLOWDOWN = 4;
const CALLS = 100;
const ROUNDS = 3;
const QUICK_ROUNDS = 1;

/** What a library costs the page that loads it; times on a CPU slowed {@link SLOWDOWN} times, medians of rounds. */
export interface PageCost {
  /** Of the scripts that the page loads, gzip -9. */
  gzipBytes: number;
  /** All work of the main thread for load and start, less that of a page without scripts. */
  startMs: number;
  /** Until a call returned, in bursts of {@link CALLS}. */
  callUs: number;
  /** All work of the main thread for a call of a burst until it was delivered. */
  deliveredCallUs: number;
}

/** Measures all libraries, in turn, with the server up. */
export async function measurePageCost(peers: readonly Peer[], isQuick: boolean): Promise<PageCost[]> {
  const rounds = isQuick ? QUICK_ROUNDS : ROUNDS;
  const servers = await Promise.all(peers.map((peer) => startRecordingServer(peer)));
  const pages = await Promise.all(peers.map((peer, at) => startPageServer(peer, servers[at]!.origin)));
  const browser = await openBrowser();
  try {
    const starts = await measureStarts(browser, pages, rounds);
    const calls = await measureBursts(browser, pages, rounds);
    return peers.map(({ scripts }, at) => ({
      gzipBytes: Object.values(scripts).reduce(
        (sum, file) => sum + compressedSize(readFileSync(file)).gzip,
        0,
      ),
      startMs: starts[at]!,
      ...calls[at]!,
    }));
  } finally {
    await browser.close();
    await Promise.all([...servers, ...pages].map((server) => server.close()));
  }
}

async function measureStarts(
  browser: Browser,
  pages: readonly PageServer[],
  rounds: number,
): Promise<number[]> {
  const load = (url: string) => async () =>
    (await measureStart(browser, { url, script: url, slowdown: SLOWDOWN })).total;
  const subjects = Object.fromEntries(pages.map(({ origin }, at) => [at, load(`${origin}/`)]));
  const { empty, ...measured } = await interleave(rounds, {
    ...subjects,
    empty: load(`${pages[0]!.origin}/empty`),
  });
  return pages.map((_, at) => median((measured as Record<string, number[]>)[at]!) - median(empty));
}

type CallCost = Pick<PageCost, "callUs" | "deliveredCallUs">;

async function measureBursts(
  browser: Browser,
  pages: readonly PageServer[],
  rounds: number,
): Promise<CallCost[]> {
  const subjects = await Promise.all(
    pages.map(async ({ origin }, at) => {
      const tab = await browser.newPage();
      await tab.goto(`${origin}/`, { waitUntil: "load" });
      await tab.waitForFunction("window.subject");
      await tab.evaluate(async () => void (await window.subject.ready()));
      return [String(at), await measureCalls(tab, CALLS, SLOWDOWN)] as const;
    }),
  );
  // The first round only warms up.
  const measured = await interleave(rounds + 1, Object.fromEntries(subjects));
  return pages.map((_, at) => {
    const costs = measured[at]!.slice(1);
    return {
      callUs: median(costs.map(({ burst }) => burst)),
      deliveredCallUs: median(costs.map(({ total }) => total)),
    };
  });
}
