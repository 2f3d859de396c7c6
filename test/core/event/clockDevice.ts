import { fixTime, type FixedTime } from "../../../packages/core/src/event/fixTime.ts";
import type { TimedEvent } from "../../../packages/core/src/event/event.ts";
import { emptyReceived, receive } from "../../../packages/core/src/received/received.ts";
import { noteTime } from "../../../packages/core/src/received/writerClock.ts";

/** An event of the model, when it really happened, and what the collector made of it. */
export interface Happening {
  page: number;
  seq: number;
  truth: number;
  timestamp: number;
  clock: { at: number; origin: number };
  /** True once a request of its own page load brought it or another event of that page load. */
  fixed?: FixedTime;
  receivedAt?: number;
  /** True where the sender's page was open, by the wall clock, when the event says it was captured. */
  isDuringSender?: boolean;
}

/** When the model begins. */
export const START: number = Date.parse("2026-11-22T12:00:00Z");

/**
 * A device whose clocks can go wrong, with one page open at a time, and the collector it talks to. What the
 * page says is what the SDK says; what the collector does is what the server does with it.
 */
export function createClockDevice({ error = 0 }: { error?: number } = {}) {
  const received = emptyReceived();
  const happenings: Happening[] = [];
  const met = new Set<number>();
  let truth = START;
  let wallError = error;
  /** What monotonic clocks slept through. */
  let slept = 0;
  let page = { number: 0, zero: truth, seq: 0, newest: 0 };

  const wall = () => truth + wallError;
  const monotonic = () => truth - slept - page.zero;
  const writerOf = (number: number) => `w${number}`;

  const accept = (one: Happening, sent: { sentAt: number; at: number; receivedAt: number }) => {
    const writer = { id: writerOf(one.page), seq: one.seq };
    const context = { writer, clock: one.clock };
    const { sentAt, at, receivedAt } = sent;
    const { timestamp } = one;
    const clock = { writer: writerOf(page.number), at };
    one.fixed = fixTime({ timestamp, context, sentAt, clock, receivedAt, received });
    one.receivedAt = receivedAt;
    const captured = one.clock.origin + one.clock.at;
    one.isDuringSender = captured > sentAt - at && captured <= sentAt;
    receive(received, writer, receivedAt);
    if (!one.fixed.ok) return;
    const { ok: _, ...when } = one.fixed;
    const event = { type: "track", messageId: "m", timestamp, properties: {}, traits: {}, context, ...when };
    noteTime(received, event as TimedEvent);
    if (one.page === page.number) met.add(page.number);
  };

  return {
    happenings,
    /** Page loads of which a request of their own brought an event. */
    met,
    received,
    wait: (ms: number) => void (truth += ms),
    sleep: (ms: number) => {
      truth += ms;
      slept += ms;
    },
    setClock: (wrongBy: number) => void (wallError = wrongBy),
    track: () => {
      page.newest = Math.max(page.newest, wall());
      const at = monotonic();
      const clock = { at, origin: wall() - at };
      page.seq++;
      happenings.push({ page: page.number, seq: page.seq, truth, timestamp: page.newest, clock });
    },
    /** Sends what waits, oldest first by the device's own word, `transitMs` under way. */
    send: (transitMs: number, max = Infinity) => {
      const waiting = happenings.filter((one) => !one.fixed);
      waiting.sort((a, b) => a.timestamp - b.timestamp || a.seq - b.seq);
      const sent = { sentAt: wall(), at: monotonic(), receivedAt: truth + transitMs };
      truth += transitMs;
      for (const one of waiting.slice(0, max)) accept(one, sent);
    },
    nextPage: () => void (page = { number: page.number + 1, zero: truth - slept, seq: 0, newest: 0 }),
  };
}

/** What {@link createClockDevice} makes. */
export type ClockDevice = ReturnType<typeof createClockDevice>;

/** How far an event's fixed time is from the truth, ms; Infinity when it was refused or never came. */
export const errorOf = ({ fixed, truth }: Happening): number =>
  fixed?.ok ? Math.abs(fixed.time - truth) : Infinity;

/** True when its time is flagged. */
export const isUncertain = ({ fixed }: Happening): boolean => !!fixed?.ok && fixed.uncertain === true;
