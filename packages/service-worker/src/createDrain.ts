import type { EventResult } from "@vitrine/core";
import {
  createOutbox,
  createOutboxStore,
  createSender,
  FREE,
  gateOf,
  type Address,
  type ConsentRecord,
  type Device,
  type OutboxNeeds,
  type Platform,
  type SenderNeeds,
  type State,
  type User,
} from "@vitrine/browser/outbox";

/** Longest wait for the pages' turn at sending to end: a visible page sends what is there itself. */
const TURN_MS = 5000;

/** Sends what pages left in the outbox. */
export interface Drain {
  /** Sends all that may be sent now. Resolves with how many events are left; nothing is left of a person who refused. */
  drain: () => Promise<number>;
}

/** What is read from store `kv`; the page's life writes it. */
interface KeptValues {
  address: Address;
  consent: ConsentRecord;
  device: Device;
  lease: State["_lease"];
}

/** The parts of the page's engine that deliver, without a page around them. */
type Delivery = SenderNeeds & OutboxNeeds;

const nothing = () => {};

/**
 * Creates the drain: the page's own store, outbox and sender over the same database, under the same Web Lock and lease.
 * It captures nothing and shows nothing; what only a page can do (report a drop, become another device) it leaves.
 */
export function createDrain(platform: Platform): Drain {
  const store = createOutboxStore(platform, nothing);
  const channel = platform._openChannel();

  /** An engine for one drain, or the reason why there is nothing to send with. */
  const prepare = async (): Promise<{ engine?: Delivery; rows: number }> => {
    const kept = await store._load();
    const { address, consent, device, lease = FREE } = kept._kv as Partial<KeptValues>;
    const words = consent?.words ?? address?.words;
    // Rows without an address are of a page that never wrote one: its next visit sends them.
    if (!words || !address || gateOf(words) !== "open") return { rows: 0 };
    if (!kept._outbox.length) return { rows: 0 };
    const engine: Delivery = {
      ...platform,
      ...store,
      _config: address,
      _phase: "open",
      _consent: words,
      _device: device,
      _facts: [],
      _shown: {},
      _lease: lease,
      _rows: new Map(),
      _tail: new Map(),
      _writers: {},
      _maxBytes: Infinity,
      // This worker waited for the lock already: the sender need not ask again.
      _locks: platform._locks && grantedLocks(platform._locks),
      _tellWorker: undefined,
      _emit: nothing,
      _note: nothing,
      _lost: nothing,
      _changed: nothing,
      _keepsTail: (row) => words.personalization === "granted" && row.anonymousId === engine._device?.id,
      _acknowledged: (_batch, results) => void forgetProof(results),
      _commit: async (changes, strict) => {
        await store._commit(changes, strict);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has none
        channel?.postMessage(changes);
      },
      // Which page loads are over is a page's to say: it has all their events.
      _reload: async () => void (engine._writers = {}),
      _settle: () => Promise.resolve(0),
      _drop: nothing,
    };
    const outbox = createOutbox(engine);
    outbox._adopt(kept);
    engine._settle = outbox._settle;
    // What the collector refuses stays stored: a page gives it up, and reports it.
    engine._drop = (rows) => rows.forEach(({ messageId }) => engine._rows.delete(messageId));
    return { engine, rows: kept._outbox.length };
  };

  /** A proof that was refused is none: the shop's next one shall be taken for a new person's. */
  const forgetProof = async (results: EventResult[]) => {
    if (!results.some(({ proof }) => proof && proof !== "proven")) return;
    await store._update<User | undefined>("user", (user) => user && { ...user, proven: undefined });
  };

  /** A refusal or another device in mid-flight: the pages' word goes before ours. */
  const heed = async (engine: Delivery, abort: () => void) => {
    const { _kv } = await store._load();
    const { address, consent, device } = _kv as Partial<KeptValues>;
    engine._device = device;
    const words = consent?.words ?? address?.words;
    if (words && gateOf(words) === "open") return;
    engine._phase = "refused";
    abort();
    // What was written between the refusal and its word goes too, as another tab would see to.
    await store._erase(consent ? [["kv", "consent", consent]] : []);
  };

  const send = async (): Promise<number> => {
    const { engine, rows } = await prepare();
    if (!engine) return rows;
    const sender = createSender(engine);
    const hear = ({ data }: MessageEvent) => {
      const stores = (data ?? [["kv", "consent"]]) as [string, string][];
      if (stores.some(([name, key]) => name === "kv" && /^(consent|device)$/.test(key)))
        void heed(engine, sender._abort).catch(nothing);
    };
    channel?.addEventListener("message", hear);
    sender._lead();
    await sender._send(true);
    channel?.removeEventListener("message", hear);
    await heed(engine, sender._abort);
    engine._phase = "boot"; // a timer of the sender finds nothing to do
    return (await prepare()).rows;
  };

  return {
    drain: async () => {
      const locks = platform._locks;
      if (!locks) return send();
      const patience = new AbortController();
      const timer = platform._later(() => patience.abort(), TURN_MS);
      const turn = locks.request("vitrine.send", { signal: patience.signal }, () => {
        platform._cancel(timer);
        return send();
      });
      // A page has the turn and keeps it: what it cannot send is still there.
      return turn.catch(async () => (await prepare()).rows);
    },
  };
}

/** Locks of which the one that is asked for is held already. */
function grantedLocks(locks: LockManager): LockManager {
  return { query: () => locks.query(), request: grant } as LockManager;
}

const grant = (_name: string, _options: LockOptions, task: () => Promise<unknown>) => task();
