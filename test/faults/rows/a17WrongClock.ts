import type { Page } from "puppeteer-core";
import { decodeEntry, isEvent } from "../../../packages/server/src/ingest/logEntry.ts";
import { runVitrine, type Running } from "../../server/support/runVitrine.ts";
import { createDevice, createEvents } from "../support/device.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { openShop } from "../support/shop.ts";
import { vanished } from "../support/vanished.ts";
import { uncaught, watchPage, type PageNoise } from "../support/watchPage.ts";

declare global {
  interface Window {
    /** Moves the page's wall clock; its monotonic clock stands, as in a laptop that sleeps. */
    moveClock: (ms: number) => void;
  }
}

const EVENTS = 10;
const YEARS_10 = 10 * 365.25 * 86_400_000;
const NIGHT_MS = 8 * 3_600_000;
const SLOW_MS = 30_000;

/** Error allowed where the clock is clearly wrong: transit, on a busy machine. */
const MAX_ERROR_MS = 2000;

/** Wall clocks that are off, ms; each a page load of one device, so that each finds what the one before stored. */
const SKEWS = [YEARS_10, -YEARS_10, 3_600_000, -90_000, 25_000, -25_000];

/** What else happens between the capture and the sending: the page's wall clock goes on, and the collector's. */
const STALLS = [
  { what: "a request of half a minute", pageMs: 0, collectorMs: SLOW_MS },
  { what: "a night of sleep", pageMs: NIGHT_MS, collectorMs: NIGHT_MS },
];

/** Sets the wall clock of a page, before its scripts. */
const setClock = (page: Page, skewMs: number) =>
  page.evaluateOnNewDocument((by) => {
    const now = Date.now;
    let ahead = by;
    Date.now = () => now() + ahead;
    window.moveClock = (ms) => void (ahead += ms);
  }, skewMs);

interface Timed {
  id: string;
  seq: number;
  messageId: string;
  /** Fixed by the collector. */
  time: number;
}

/** Events with a number, as the collector timed them. */
function timesOf({ vitrine }: Running): Timed[] {
  const rows = vitrine.services.collector.log.newest("default", Number.MAX_SAFE_INTEGER, 1e6);
  return rows.flatMap(({ body }) =>
    decodeEntry(body).items.flatMap((item) => {
      if (!isEvent(item) || typeof item.properties.id !== "string") return [];
      const { messageId, time, context, properties } = item;
      return [{ id: properties.id as string, messageId, time, seq: context.writer!.seq }];
    }),
  );
}

interface Span {
  what: string;
  page: string;
  /** When its events were created, by the collector's clock. */
  from: number;
  to: number;
  maxErrorMs: number;
}

async function run(_trial: number, scope: Scope): Promise<Outcome> {
  let aheadMs = 0;
  const now = () => Date.now() + aheadMs;
  const server = await runVitrine(scope, { clock: now });
  const shop = await openShop(scope, { collector: server, attributes: 'data-personal="false"' });
  const device = await createDevice(scope, shop);
  const noises: PageNoise[] = [];
  const spans: Span[] = [];
  const load = async (what: string, skewMs: number, pageMs: number, collectorMs: number) => {
    const page = await device.openTab(async (tab) => {
      noises.push(watchPage(tab));
      await setClock(tab, skewMs + aheadMs);
    });
    shop.network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass");
    const name = `c${spans.length}`;
    const from = now();
    await createEvents(shop, page, { page: name, count: EVENTS, perTask: 1 });
    // A skew that is left alone shifts the time by itself and by nothing else, and never beyond the arrival.
    const isSmall = Math.abs(skewMs) <= 60_000;
    spans.push({
      what,
      page: name,
      from: from + (isSmall ? Math.min(skewMs, 0) : 0),
      to: now() + (isSmall ? skewMs : 0),
      maxErrorMs: isSmall ? 0 : MAX_ERROR_MS,
    });
    await page.evaluate((ms) => window.moveClock(ms), pageMs);
    aheadMs += collectorMs;
    shop.network.decide = () => "pass";
    await page.evaluate(() => window.vitrine.flush());
    await page.close();
  };
  for (const skewMs of SKEWS) await load(`a clock off by ${skewMs} ms`, skewMs, 0, 0);
  for (const { what, pageMs, collectorMs } of STALLS) await load(what, 0, pageMs, collectorMs);
  await device.close();
  await device.drain();
  const { account, violations } = await shop.settle();
  const timed = timesOf(server);
  let error = 0;
  for (const span of spans) {
    const mine = timed.filter(({ id }) => id.startsWith(`${span.page}.`));
    const errors = mine.map(({ time }) => Math.max(span.from - time, time - span.to, 0));
    error = Math.max(error, ...errors);
    // The clock's ms are whole, and the span was taken around them.
    const wrong = errors.filter((one) => one > span.maxErrorMs + 1);
    if (wrong.length)
      violations.push(`${span.what}: ${wrong.length} times are off, by up to ${Math.max(...wrong)} ms`);
    const byTime = mine.toSorted((a, b) => a.time - b.time || (a.messageId < b.messageId ? -1 : 1));
    if (byTime.some(({ seq }, at) => at && seq < byTime[at - 1]!.seq))
      violations.push(`${span.what}: out of order`);
  }
  violations.push(...vanished(account, shop.network), ...uncaught(noises));
  return { faults: spans.length, account, violations, figures: { "ms of error at most": error } };
}

/** Wall clocks that are years off, requests that take half a minute, a laptop that sleeps with unsent events. */
export const wrongClock: FaultRow = {
  id: "A17",
  about: "the device's clock is wrong, the request slow, the laptop asleep",
  trials: { ci: 1, full: 125 },
  run,
};
