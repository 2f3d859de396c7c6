// oxlint-disable unicorn/prefer-add-event-listener -- IndexedDB requests have one listener each
// Beforehand: they come in real time, and the clock by hand would give them up.
import "../../../packages/browser/src/personal/index.ts";
import "../../../packages/browser/src/actions/index.ts";
import { createVitrine, type Config, type Vitrine } from "../../../packages/browser/src/index.ts";
import { browserPlatform, type Platform } from "../../../packages/browser/src/platform.ts";
import { createFakeCollector, type FakeCollector } from "./fakeCollector.ts";

/** A page of a test: the SDK with its own memory, sharing storage, locks and clock with the other tabs. */
export interface Tab {
  vitrine: Vitrine;
  /** What `on` told, by name. */
  heard: Record<string, unknown[]>;
  /** As if the process was killed: timers, network and locks of this tab are gone. */
  kill: () => void;
  /** As if the process was stopped: it does nothing, and keeps its locks. */
  freeze: () => void;
  /** Fires an event of the page's life in this tab alone. */
  fire: (name: string, more?: object) => void;
  show: (visible: boolean) => void;
}

/** An origin of its own inside the test page: real IndexedDB and Web Locks under other names, clock by hand. */
export interface TestOrigin {
  /** Prefix of its names; its channel is called so. */
  name: string;
  open: (config?: Partial<Config>, platform?: Partial<Platform>) => Tab;
  /** The surroundings of a service worker of this origin. */
  worker: () => Platform;
  collector: FakeCollector;
  now: () => number;
  /** Moves the clock and runs what became due. */
  advance: (ms: number) => Promise<void>;
  /** Waits in the real world until something is true; moves no clock. */
  until: (what: string, condition: () => unknown) => Promise<void>;
  /** Moves the clock in small steps until something is true. */
  pass: (what: string, condition: () => unknown, stepMs?: number) => Promise<void>;
  /** Moves the clock until a promise settles. */
  settle: <T>(promise: Promise<T>) => Promise<T>;
  /** All rows of a store. */
  dump: (store: "outbox" | "tail" | "kv") => Promise<Record<string, unknown>>;
  storage: Map<string, string>;
  deleteDatabase: () => Promise<void>;
  close: () => Promise<void>;
}

const START = Date.parse("2026-11-02T10:00:00Z");

let count = 0;

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve, 3));

/**
 * Real IndexedDB under other names, and how much of its work is under way. The clock by hand must not run ahead of
 * it: on a busy machine the database would seem to hang, and be given up.
 */
function createOriginDb(prefix: string): { indexedDB: IDBFactory; isIdle: () => boolean } {
  let pending = 0;
  const track = (target: EventTarget, endings: string[]) => {
    let isOver = false;
    pending++;
    for (const ending of endings)
      target.addEventListener(ending, () => {
        if (!isOver) pending--;
        isOver = true;
      });
  };
  const open = (name: string, version?: number) => {
    const request = indexedDB.open(prefix + name, version);
    track(request, ["success", "error", "blocked"]);
    request.addEventListener("success", () => {
      const db = request.result;
      db.transaction = (...asked: Parameters<IDBDatabase["transaction"]>) => {
        const transaction = IDBDatabase.prototype.transaction.apply(db, asked);
        track(transaction, ["complete", "abort"]);
        return transaction;
      };
    });
    return request;
  };
  return { indexedDB: { open } as IDBFactory, isIdle: () => !pending };
}

const ownLocks = (all: LockInfo[], prefix: string): LockInfo[] =>
  all.flatMap(({ name }) => (name?.startsWith(prefix) ? { name: name.slice(prefix.length) } : []));

const until: TestOrigin["until"] = async (what, condition) => {
  for (let tries = 0; tries < 1000; tries++) {
    if (await condition()) return;
    await breathe();
  }
  throw new Error(`never: ${what}`);
};

/** Creates an origin. */
export function createTestOrigin(): TestOrigin {
  const prefix = `test-${Date.now()}-${count++}-`;
  const storage = new Map<string, string>();
  const tabs: Tab[] = [];
  let clock = START;
  let timers: { id: number; at: number; task: () => void; tab: object }[] = [];
  let nextTimer = 1;
  const collector = createFakeCollector(() => clock);
  const database = createOriginDb(prefix);

  const advance = async (ms: number) => {
    const end = clock + ms;
    for (;;) {
      await until("the database is idle", async () => {
        await breathe();
        return database.isIdle();
      });
      const due = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      timers = timers.filter((timer) => timer !== due);
      clock = Math.max(clock, due.at);
      due.task();
    }
    clock = end;
    await breathe();
  };

  const pass: TestOrigin["pass"] = async (what, condition, stepMs = 50) => {
    for (let passed = 0; passed < 20_000; passed += stepMs) {
      if (await condition()) return;
      await advance(stepMs);
    }
    throw new Error(`never: ${what}`);
  };

  const settle: TestOrigin["settle"] = async (promise) => {
    let isDone = false;
    promise.then(
      () => (isDone = true),
      () => (isDone = true),
    );
    await pass("it settles", () => isDone);
    return promise;
  };

  const platformOf = (
    tab: object,
    held: Set<() => void>,
    listeners: [string, (event: Event) => void][],
    isDead: () => boolean,
  ): Platform => {
    const locks = navigator.locks;
    return {
      ...browserPlatform(),
      _now: () => clock,
      _clock: () => clock - START,
      _chance: () => 0.5,
      _fetch: (url, init) => (isDead() ? new Promise<never>(() => {}) : collector.fetch(url, init)),
      _later: (task, delayMs) => {
        const id = nextTimer++;
        if (!isDead()) timers.push({ id, at: clock + (delayMs ?? 0), task, tab });
        return id;
      },
      _cancel: (id) => void (timers = timers.filter((timer) => timer.id !== id)),
      _indexedDB: database.indexedDB,
      _locks: {
        request: (name: string, options: LockOptions, task: () => Promise<void>) =>
          locks.request(prefix + name, options, () => {
            let free: (() => void) | undefined;
            const killed = new Promise<void>((resolve) => (free = resolve));
            held.add(free!);
            return Promise.race([task(), killed]);
          }),
        query: async () => {
          const { held: now = [], pending = [] } = await locks.query();
          return { held: ownLocks(now, prefix), pending: ownLocks(pending, prefix) };
        },
      } as LockManager,
      _storage: {
        getItem: (key: string) => storage.get(key) ?? null,
        setItem: (key: string, value: string) => void storage.set(key, value),
        removeItem: (key: string) => void storage.delete(key),
      } as Storage,
      _openChannel: () => new BroadcastChannel(prefix),
      _quota: async () => undefined,
      _listen: (name, handler) => void listeners.push([name, handler]),
      _isVisible: () => true,
    };
  };

  const dump: TestOrigin["dump"] = (store) =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(prefix + "vitrine");
      request.onupgradeneeded = () => request.transaction!.abort(); // nothing there: make nothing
      request.onerror = () => reject(request.error!);
      request.onsuccess = () => {
        const db = request.result;
        const source = db.transaction(store).objectStore(store);
        const [keys, values] = [source.getAllKeys(), source.getAll()];
        values.onsuccess = () => {
          db.close();
          resolve(
            Object.fromEntries(keys.result.map((key, at) => [key as string, values.result[at] as unknown])),
          );
        };
      };
    });

  const deleteDatabase = () =>
    new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(prefix + "vitrine");
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error!);
    });

  return {
    name: prefix,
    collector,
    now: () => clock,
    advance,
    until,
    pass,
    settle,
    dump,
    storage,
    deleteDatabase,
    worker: () => platformOf({}, new Set(), [], () => false),
    open: (config = {}, platform = {}) => {
      const held = new Set<() => void>();
      let isDead = false;
      const heard: Tab["heard"] = {};
      const self = {};
      const listeners: [string, (event: Event) => void][] = [];
      let isVisible = true;
      const vitrine = createVitrine({
        site: "vs_test",
        endpoint: "https://collector.test/v1",
        consent: "granted",
        dataLayer: false,
        pageViews: false,
        ...config,
        platform: {
          ...platformOf(self, held, listeners, () => isDead),
          _isVisible: () => isVisible,
          ...platform,
        },
      });
      for (const name of [
        "ruleset",
        "profile",
        "drop",
        "stored",
        "delivered",
        "error",
        "exposure",
      ] as const) {
        heard[name] = [];
        vitrine.on(name, (detail) => heard[name]!.push(detail));
      }
      const freeze = () => {
        isDead = true;
        timers = timers.filter((timer) => timer.tab !== self);
      };
      const kill = () => {
        freeze();
        for (const free of held) free();
      };
      const fire: Tab["fire"] = (name, more = {}) => {
        for (const [listened, handler] of listeners)
          if (listened === name) handler(Object.assign(new Event(name), more));
      };
      const show: Tab["show"] = (visible) => {
        isVisible = visible;
        fire("visibilitychange");
      };
      const tab: Tab = { vitrine, heard, kill, freeze, fire, show };
      tabs.push(tab);
      return tab;
    },
    close: async () => {
      for (const tab of tabs) tab.kill();
      await deleteDatabase();
    },
  };
}
