import { setImmediate as nextTurn } from "node:timers/promises";
import { PENDING } from "@vitrine/core";
import { joinConsent } from "../../../packages/browser/src/identity/consent.ts";
import { toBase64Url } from "../../../packages/browser/src/ids.ts";
import type { Row } from "../../../packages/browser/src/outbox/row.ts";
import { FREE } from "../../../packages/browser/src/state.ts";
import { createSender, type SenderNeeds } from "../../../packages/browser/src/sync/sender.ts";

/** A request as the simulated collector saw it. Times in ms since the start of the simulation. */
export interface Arrival {
  atMs: number;
  rows: { messageId: string; id: string; seq: number }[];
}

/** How one client is simulated. */
export interface Simulation {
  name: string;
  /** In 0..1; also spreads the retries. */
  chance: () => number;
  /** One event each so often. */
  everyMs: number;
  /** Stops creating then; goes on until nothing is left. */
  endMs: number;
  /** Says `online` so often, which asks for an attempt out of turn. */
  onlineEveryMs?: number;
  answer: (arrival: Arrival) => Response;
}

/** Runs the real sender of one page on a clock by hand, against a collector that is a function. */
export async function simulateClient(simulation: Simulation): Promise<{ created: number }> {
  const { name, chance, everyMs, endMs, onlineEveryMs, answer } = simulation;
  let now = 0;
  const work = { underWay: 0 };
  let nextTimer = 1;
  const timers = new Map<number, { at: number; task: () => void }>();
  const later = (task: () => void, delayMs = 0) => {
    timers.set(nextTimer, { at: now + delayMs, task });
    return nextTimer++;
  };
  const rows = new Map<string, Row>();
  const engine: SenderNeeds = {
    _now: () => now,
    _clock: () => now,
    _random: (count) => Uint8Array.from({ length: count }, () => chance() * 256),
    _chance: chance,
    _later: later,
    _cancel: (timer) => void timers.delete(timer!),
    _fetch: async (_url, init) => {
      work.underWay++;
      const { batch } = JSON.parse(init!.body as string) as { batch: Row[] };
      return answer({ atMs: now, rows: batch as never });
    },
    _quota: async () => undefined,
    _onActivation: (task) => task(),
    _reload: async () => {},
    _losses: () => 0,
    _openChannel: () => undefined,
    _listen: () => {},
    _isVisible: () => true,
    _isUp: () => true,
    _load: async () => ({ _outbox: [], _tail: [], _kv: {} }),
    _commit: async () => {},
    _update: async (_key, change) => change(engine._lease as never),
    _erase: async () => {},
    _settle: async (batch) => batch.filter(({ messageId }) => rows.delete(messageId)).length,
    _drop: (batch) => batch.forEach(({ messageId }) => rows.delete(messageId)),
    _emit: (kind) => void (kind === "sent" && work.underWay--),
    _acknowledged: () => {},
    _config: { site: "vs_simulated", endpoint: "https://collector.test/v1" },
    _phase: "open",
    _consent: joinConsent(PENDING, "granted"),
    _facts: [],
    _shown: {},
    _lease: FREE,
    _rows: rows,
    _tail: new Map(),
    _writers: {},
    _maxBytes: Infinity,
  };
  const sender = createSender(engine);
  let seq = 0;
  const create = () => {
    if (now >= endMs) return;
    seq++;
    const messageId = toBase64Url(engine._random(12));
    const text = JSON.stringify({ messageId, id: `${name}.${seq - 1}`, seq });
    rows.set(messageId, { messageId, anonymousId: name, text, priority: 1, writer: name, seq, at: now });
    sender._soon();
    later(create, everyMs);
  };
  const online = () => {
    void sender._send(true);
    if (now < endMs) later(online, onlineEveryMs);
  };
  create();
  if (onlineEveryMs) online();
  while (timers.size > 0) {
    const [[timer, { at, task }]] = [...timers].sort((a, b) => a[1].at - b[1].at) as [
      [number, { at: number; task: () => void }],
    ];
    timers.delete(timer);
    now = at;
    task();
    // The clock stands still while a request is answered.
    do await nextTurn();
    while (work.underWay > 0);
    await nextTurn();
  }
  return { created: seq };
}
