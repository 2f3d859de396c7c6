import { readFileSync } from "node:fs";
import type { Browser } from "puppeteer-core";

/** A process of a browser, as it tells of itself. */
export interface BrowserProcess {
  id: number;
  type: string;
}

/** All processes of a browser, but those that start others. */
export async function processesOf(browser: Browser): Promise<BrowserProcess[]> {
  const session = await browser.target().createCDPSession();
  try {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo;
  } finally {
    await session.detach();
  }
}

/**
 * Bytes of memory that processes hold, each shared page by its part (PSS), so that pictures which a page and the process
 * that draws them share are counted once. A process that ended holds none.
 */
export function heldBytes(ids: readonly number[]): number {
  return ids.reduce((sum, id) => sum + pssOf(id), 0);
}

function pssOf(id: number): number {
  try {
    const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** Reads what processes hold again and again until it is stopped. */
export function watchPeak(
  ids: readonly number[],
  everyMs = 40,
): {
  stop: () => { first: number; peak: number };
} {
  const first = heldBytes(ids);
  let peak = first;
  const look = () => {
    peak = Math.max(peak, heldBytes(ids));
  };
  const timer = setInterval(look, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return { first, peak };
    },
  };
}

/** Bytes resident of processes, shared pages counted in each: quick to read, and good for growth. */
export function residentBytes(ids: readonly number[]): number {
  return ids.reduce((sum, id) => sum + rssOf(id), 0);
}

const PAGE_BYTES = 4096;

function rssOf(id: number): number {
  try {
    return Number(readFileSync(`/proc/${id}/statm`, "utf8").split(" ")[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
