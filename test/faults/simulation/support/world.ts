import type { Stored } from "../../../../packages/browser/src/outbox/outbox.ts";
import type { ConsentRecord } from "../../../../packages/browser/src/identity/consent.ts";
import type { Device } from "../../../../packages/browser/src/identity/device.ts";
import { HEARSAY_MS, MENDING_MS } from "./checkAccounts.ts";
import { createCollectorModel, type CollectorModel } from "./collectorModel.ts";
import { createFakeChannels } from "./fakeChannels.ts";
import { createFakeDatabase } from "./fakeDatabase.ts";
import { createFakeLocks } from "./fakeLocks.ts";
import { createFakeNetwork } from "./fakeNetwork.ts";
import { createLedger, type Ledger, type Word } from "./ledger.ts";
import { createMachine } from "./machine.ts";
import type { Plan } from "./steps.ts";
import { openTab, type CreateVitrine, type Origin, type Tab } from "./tab.ts";

/** What a page asks for in one call. */
export interface Ask {
  name?: string;
  properties?: object;
  orderId?: string;
}

/** One origin on one computer, its collector, and the log of what happened. */
export interface World extends Origin {
  collector: CollectorModel;
  ledger: Ledger;
  /** All tabs that were opened. */
  tabs: Tab[];
  /** Those that are open. */
  live: () => Tab[];
  open: () => Tab;
  /** Lets the page in a tab make a call, and writes it down. */
  ask: (tab: Tab, ask: Ask) => void;
  /** Withdraws consent in a tab, and writes down from when on nothing may be sent. */
  deny: (tab: Tab) => void;
  /** Gives consent in a tab. */
  grant: (tab: Tab) => void;
  kill: (tab: Tab) => void;
  /** Says that a tab, or all, cannot have heard of anything before now. */
  excuse: (tab?: Tab) => void;
}

/** Creates a world with nothing in it. `trace` gets the readable story. */
export function createWorld(plan: Plan, createVitrine: CreateVitrine, trace?: string[]): World {
  const machine = createMachine(plan.seed, trace);
  const collector = createCollectorModel();
  const ledger = createLedger();
  const origin: Origin = {
    machine,
    database: createFakeDatabase(machine),
    locks: createFakeLocks(machine),
    channels: createFakeChannels(machine),
    network: createFakeNetwork(machine, collector),
    storage: new Map(),
  };

  const { note } = machine;
  const listen = (tab: Tab) => {
    const { name } = tab.process;
    for (const status of ["stored", "delivered", "drop"] as const)
      tab.vitrine.on(status, (detail: { messageId?: string; reason?: string }) => {
        if (tab.process.state === "dead") return;
        const { messageId, reason } = detail;
        note(() => `${name} tells ${status} ${messageId} ${reason ?? ""}`);
        if (!messageId) return;
        const words = ledger.told.get(messageId) ?? [];
        ledger.told.set(messageId, words);
        words.push({ status: status === "drop" ? "dropped" : status, reason, tab: name });
      });
    tab.vitrine.on("error", ({ code, cause }) => {
      if (tab.process.state !== "dead") ledger.errors.push(`${name}: ${code} ${String(cause)}`);
    });
  };

  const world: World = {
    ...origin,
    collector,
    ledger,
    tabs: [],
    live: () => world.tabs.filter(({ process }) => process.state !== "dead"),
    open: () => {
      const name = `tab${ledger.tabs.length + 1}`;
      note(() => `${name} opens`);
      const config = plan.maxBytes ? { maxBytes: plan.maxBytes } : {};
      const tab = openTab(origin, name, config, createVitrine);
      ledger.tabs.push({ name, isAlive: true, awareFrom: machine.now() + HEARSAY_MS });
      listen(tab);
      world.tabs.push(tab);
      return tab;
    },
    ask: (tab, { name, properties, orderId }) => {
      const n = ledger.calls.length + 1;
      const call: Ledger["calls"][0] = {
        n,
        tab: tab.process.name,
        at: machine.now(),
        orderId,
        messageId: undefined,
        promise: undefined,
      };
      ledger.calls.push(call);
      note(() => `${call.tab} calls ${name ?? "page"} n=${n} ${orderId ?? ""}`);
      const facts = Object.assign(properties ?? {}, { n });
      const answer = name === undefined ? tab.vitrine.page("Page", facts) : tab.vitrine.track(name, facts);
      const settle = ({ messageId, status, reason }: Stored) => {
        if (tab.process.state === "dead") return;
        call.messageId = messageId;
        const word: Word = { status, reason, tab: call.tab };
        // It settles once; more would be a fault of the promise, not of the delivery.
        call.promise = word;
        note(() => `${call.tab} is promised ${status} n=${n} ${messageId} ${reason ?? ""}`);
      };
      void answer.then(settle);
    },
    deny: (tab) => {
      const asked = machine.now();
      const { secret } = (origin.database.value("device") ?? {}) as Partial<Device>;
      const devices = new Set([secret]);
      for (const { batch } of origin.network.sent) devices.add(batch.device);
      for (const { device } of origin.database.rows("outbox")) devices.add(device);
      devices.delete(undefined);
      // Nobody knows how far a tab comes that dies over it: what it stored is found by the next page.
      const withdrawal = { asked, at: Infinity, tab: tab.process.name, isStored: false, devices };
      ledger.withdrawals.push(withdrawal);
      const settle = () => {
        if (tab.process.state === "dead") return;
        const record = origin.database.value("consent") as ConsentRecord | undefined;
        const isStored = record?.words.analytics === "denied";
        Object.assign(withdrawal, { at: machine.now(), isStored });
        note(() => `${tab.process.name} has withdrawn consent`);
      };
      void tab.vitrine.consent("denied").then(settle);
    },
    grant: (tab) => {
      ledger.grants.push(machine.now());
      void tab.vitrine.consent("granted");
    },
    kill: (tab) => {
      note(() => `${tab.process.name} dies`);
      tab.die();
    },
    excuse: (tab) => {
      const awareFrom = machine.now() + (tab ? HEARSAY_MS : MENDING_MS);
      for (const entry of ledger.tabs)
        if (!tab || entry.name === tab.process.name) entry.awareFrom = Math.max(entry.awareFrom, awareFrom);
    },
  };
  return world;
}
