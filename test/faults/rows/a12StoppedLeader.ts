import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "puppeteer-core";
import { createDevice, createEvents, type Device } from "../support/device.ts";
import type { Seen } from "../support/faultProxy.ts";
import type { FaultRow, Outcome, Scope } from "../support/FaultRow.ts";
import { rendererOf } from "../support/rendererOf.ts";
import { openShop, type Shop } from "../support/shop.ts";
import { until } from "../support/until.ts";

const TABS = 3;
const EVENTS = 60;
const STOP_MS = 8000;
const HOWS = ["stopped", "killed", "crashed"] as const;

declare global {
  interface Window {
    /** True while this page holds the sender's lock. */
    leads?: boolean;
  }
}

const watchLock = (page: Page) =>
  page.evaluateOnNewDocument(() => {
    const request = LockManager.prototype.request as (...args: unknown[]) => Promise<unknown>;
    const watched = (task: (lock: unknown) => Promise<unknown>) => async (lock: unknown) => {
      window.leads = true;
      await task(lock).finally(() => (window.leads = false));
    };
    LockManager.prototype.request = function (this: LockManager, ...args: unknown[]) {
      const [name, options, task] = args as [string, object, (lock: unknown) => Promise<unknown>];
      return request.call(this, name, options, name === "vitrine.send" ? watched(task) : task);
    };
  });

async function openTabs(device: Device): Promise<{ leader: Page; others: Page[] }> {
  const tabs: Page[] = [];
  for (let at = 0; at < TABS; at++) tabs.push(await device.openTab(watchLock));
  let leader: Page | undefined;
  await until("one tab leads", async () => {
    const leads = await Promise.all(tabs.map((tab) => tab.evaluate(() => window.leads)));
    leader = tabs[leads.indexOf(true)];
    return leader !== undefined;
  });
  return { leader: leader!, others: tabs.filter((tab) => tab !== leader) };
}

/** Stops or ends a page's process. */
async function strike(how: (typeof HOWS)[number], page: Page, pid: number): Promise<void> {
  if (how === "stopped") return void process.kill(pid, "SIGSTOP");
  const died = new Promise((resolve) => page.once("error", resolve));
  if (how === "killed") process.kill(pid, "SIGKILL");
  else {
    const session = await page.createCDPSession();
    session.send("Page.crash").catch(() => {}); // it cannot answer
  }
  await died;
}

/** Of the same event, at most: how often it was sent, and how many had it under way at once. */
function sends({ network }: Shop): { mostSent: number; mostAtOnce: number } {
  const sent = new Map<string, Seen[]>();
  for (const seen of network.batches) {
    const { batch } = JSON.parse(seen.body) as { batch: { messageId: string }[] };
    for (const { messageId } of batch) sent.set(messageId, [...(sent.get(messageId) ?? []), seen]);
  }
  const underWay = (all: Seen[], at: number) =>
    all.filter(({ atMs, endedMs }) => atMs <= at && at < endedMs).length;
  const each = [...sent.values()];
  return {
    mostSent: Math.max(...each.map((all) => all.length)),
    mostAtOnce: Math.max(...each.flatMap((all) => all.map(({ atMs }) => underWay(all, atMs)))),
  };
}

async function run(trial: number, scope: Scope): Promise<Outcome> {
  const how = HOWS[trial % HOWS.length]!;
  const shop = await openShop(scope);
  const device = await createDevice(scope, shop);
  const { leader, others } = await openTabs(device);
  const pid = await rendererOf(leader);
  createEvents(shop, leader, { page: "leader", count: 2 * EVENTS, perTask: 2, everyMs: 10 }).catch(
    () => {}, // it died on the way
  );
  await pause((trial * 17) % 300);
  const struckAt = performance.now();
  await strike(how, leader, pid);
  await Promise.all(
    others.map((tab, at) =>
      createEvents(shop, tab, { page: `other${at}`, count: EVENTS, perTask: 2, everyMs: 5 }),
    ),
  );
  const arrived = () =>
    shop.arrived().filter((id) => id.startsWith("other")).length === EVENTS * others.length;
  await until("the other tabs' events arrived", arrived);
  const takenOverSeconds = (performance.now() - struckAt) / 1000;
  await pause(Math.max(0, STOP_MS - (performance.now() - struckAt)));
  if (how === "stopped") {
    process.kill(pid, "SIGCONT");
    await leader.evaluate(() => window.vitrine.flush());
  }
  await Promise.all(others.map((tab) => tab.close()));
  await device.drain();
  const { account, violations } = await shop.settle();
  const { mostSent, mostAtOnce } = sends(shop);
  if (mostAtOnce > 2) violations.push(`${how}: ${mostAtOnce} sent the same event at once`);
  // By the tab that was stopped, by its follower, and by it again where it went on before it heard.
  if (mostSent > 3) violations.push(`${how}: an event was sent ${mostSent} times`);
  return { faults: 1, account, violations, figures: { takenOverSeconds, mostSent, mostAtOnce } };
}

/** The tab that sends for all is gone, or does nothing and keeps its lock. */
export const stoppedLeader: FaultRow = {
  id: "A12",
  about: `the tab that sends is ${HOWS.join(", ")}`,
  trials: { ci: 3, full: 300 },
  run,
};
