import type { Config, Vitrine } from "../../../../packages/browser/src/index.ts";
import type { Platform } from "../../../../packages/browser/src/platform.ts";
import { createHash } from "node:crypto";
import type { FakeChannels } from "./fakeChannels.ts";
import type { FakeDatabase } from "./fakeDatabase.ts";
import type { FakeLocks } from "./fakeLocks.ts";
import type { FakeNetwork } from "./fakeNetwork.ts";
import { START, type Machine, type Process } from "./machine.ts";

/** What all tabs of an origin share. */
export interface Origin {
  machine: Machine;
  database: FakeDatabase;
  locks: FakeLocks;
  channels: FakeChannels;
  network: FakeNetwork;
  storage: Map<string, string>;
}

/** A page load: the real SDK in a process of its own. */
export interface Tab {
  process: Process;
  vitrine: Vitrine;
  /** It is in the back/forward cache, or frozen in the background. */
  isFrozen: boolean;
  /** Fires an event of the page's life. */
  fire: (name: string, more?: object) => void;
  show: (isVisible: boolean) => void;
  /** Ends it, as if the process was killed. */
  die: () => void;
  /** Ends it at the so many-th call of its surroundings from now: between any two effects of one task. */
  dieAfter: (calls: number) => void;
}

/** The code under test. */
export type CreateVitrine = (config: Config) => Vitrine;

/** Opens a tab. */
export function openTab(
  origin: Origin,
  name: string,
  config: Partial<Config>,
  createVitrine: CreateVitrine,
): Tab {
  const { machine, database, locks, channels, network, storage } = origin;
  const { chance } = machine;
  const process: Process = { name, state: "live" };
  const timers = machine.lane(process, true);
  const digests = machine.lane(process, true);
  const cancels = new Map<number, () => void>();
  const listeners: [string, (event: Event) => void][] = [];
  const fetch = network.fetchFor(process);
  let isVisible = true;
  let nextTimer = 1;
  let callsLeft = Infinity;

  const die = () => {
    machine.kill(process);
    database.abandon(process);
    locks.abandon(process);
    channels.abandon(process);
  };

  /** Passes a call on while the tab lives; the last one it may make is its end. */
  const reach = <T extends unknown[], R>(effect: (...given: T) => R) =>
    ((...given: T) => {
      if (process.state !== "dead" && callsLeft-- <= 0) die();
      return process.state === "dead" ? undefined : effect(...given);
    }) as (...given: T) => R;

  const indexedDB = database.factoryFor(process, reach);
  const manager = locks.managerFor(process);
  const never = new Promise<never>(() => {});

  const digest = (data: Uint8Array) =>
    new Promise<ArrayBuffer>((resolve) => {
      const { buffer } = new Uint8Array(createHash("sha256").update(data).digest());
      machine.post(digests, () => resolve(buffer), machine.delayMs("message"));
    });

  const platform: Platform = {
    _now: machine.now,
    _clock: () => machine.now() - START,
    _random: (count) => Uint8Array.from({ length: count }, () => chance.below(256)),
    _chance: chance.next,
    _fetch: (url, init) => reach(fetch)(url, init) ?? never,
    _later: (task, delayMs = 0) => {
      const timer = nextTimer++;
      cancels.set(timer, machine.schedule(timers, task, Math.ceil(delayMs)));
      return timer;
    },
    _cancel: (timer) => cancels.get(timer!)?.(),
    _onActivation: (task) => task(),
    _indexedDB: indexedDB,
    _locks: {
      request: (name: string, options: LockOptions, task: () => Promise<void>) =>
        (reach(manager.request) as (...given: unknown[]) => Promise<void>)(name, options, task) ?? never,
      query: () => reach(manager.query)() ?? never,
    } as LockManager,
    _subtle: { digest: (_: string, data: Uint8Array) => digest(data) } as unknown as SubtleCrypto,
    _storage: {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: reach((key: string, value: string) => void storage.set(key, value)),
      removeItem: reach((key: string) => void storage.delete(key)),
    } as Storage,
    _quota: async () => undefined,
    _openChannel: () => {
      const channel = channels.open(process);
      return Object.assign(channel, { postMessage: reach(channel.postMessage) });
    },
    _listen: (name, handler) => void listeners.push([name, handler]),
    _isVisible: () => isVisible,
  };

  const fire: Tab["fire"] = (name, more = {}) => {
    for (const [heard, handler] of listeners)
      if (heard === name && process.state !== "dead") handler(Object.assign(new Event(name), more));
  };

  const vitrine = createVitrine({
    site: "vs_test",
    endpoint: "https://collector.example/v1",
    consent: "granted",
    personal: false,
    ...config,
    platform,
  });
  return {
    process,
    vitrine,
    isFrozen: false,
    fire,
    show: (visible) => {
      isVisible = visible;
      fire("visibilitychange");
    },
    die,
    dieAfter: (calls) => {
      callsLeft = calls;
    },
  };
}
