import type { CallAnswer } from "@vitrine/kiosk/shell";
import type { Batch, Outbox, Verdict } from "./outbox.ts";

/** Brings an outbox to the server. */
export interface Delivery {
  /** There is something new. */
  wake(): void;
  /** The server answered something else: whoever waits for the network need not wait longer. */
  reached(): void;
  stop(): void;
}

/** What a delivery needs of its surroundings. */
export interface DeliveryOptions {
  outbox: Outbox;
  /** Undefined while the kiosk is not enrolled. Never rejects. */
  post: (body: string) => Promise<CallAnswer | undefined>;
  clock: { now: () => number; monotonic: () => number };
  /** From 0 up to 1. */
  random: () => number;
  /** Calls once, after so long; returns how to take that back. */
  after: (ms: number, then: () => void) => () => void;
}

/** What a shopper does comes in small groups. */
const GATHER_MS = 500;

const BACKOFF = { firstMs: 2_000, maxMs: 5 * 60_000 };

/** Events of one request; fewer where one of that size was refused whole. */
const MAX_BATCH = 100;

type Outcome = "empty" | "sent" | "unreached" | { retryAfterMs: number } | "too_large";

/**
 * Sends batch after batch until nothing is left. At least once, in order, one request at a time; what fails is tried again
 * after a wait with full jitter, so that the mirrors of a chain do not come back as one after an outage.
 */
export function createDelivery({ outbox, post, clock, random, after }: DeliveryOptions): Delivery {
  let cancel: (() => void) | undefined;
  let isSending = false;
  let isStopped = false;
  /** Something came while it was sending. */
  let isWoken = false;
  let isUnreached = false;
  let failures = 0;
  let size = MAX_BATCH;

  const schedule = (ms: number) => {
    cancel?.();
    cancel = isStopped ? undefined : after(ms, () => void run());
  };
  const sendOne = async (): Promise<Outcome> => {
    const batch = outbox.batch(size);
    if (!batch) return "empty";
    const answer = await post(bodyOf(batch, outbox, clock));
    const verdicts = answer?.status === 200 ? readVerdicts(answer.body) : undefined;
    if (verdicts) {
      outbox.settle(batch, verdicts);
      // An answer that names none of them is not understood.
      if (verdicts.length > 0 || batch.events.length === 0) return "sent";
    }
    if (!answer || answer.status === 0) return "unreached";
    if ((answer.status === 400 || answer.status === 413) && size > 1) return "too_large";
    return { retryAfterMs: (answer.retryAfter ?? 0) * 1000 };
  };
  const run = async (): Promise<void> => {
    cancel = undefined;
    if (isSending) return;
    isSending = true;
    isWoken = false;
    let outcome: Outcome = "sent";
    while (outcome === "sent" || outcome === "too_large") {
      if (isStopped) break;
      outcome = await sendOne().catch(() => ({ retryAfterMs: 0 }));
      if (outcome === "sent") [failures, size] = [0, MAX_BATCH];
      if (outcome === "too_large") size = Math.ceil(size / 2);
    }
    isSending = false;
    isUnreached = outcome === "unreached";
    if (outcome === "empty") return void (isWoken && schedule(GATHER_MS));
    const floor = typeof outcome === "object" ? outcome.retryAfterMs : 0;
    schedule(floor + random() * Math.min(BACKOFF.maxMs, BACKOFF.firstMs * 2 ** failures++));
  };
  return {
    wake: () => {
      isWoken = true;
      if (!cancel && !isSending) schedule(GATHER_MS);
    },
    reached: () => {
      if (isUnreached && !isSending) schedule(0);
    },
    stop: () => {
      isStopped = true;
      cancel?.();
    },
  };
}

function bodyOf(batch: Batch, outbox: Outbox, clock: DeliveryOptions["clock"]): string {
  const { events, finished, dropped, queued } = batch;
  const writer = outbox.writer();
  return JSON.stringify({
    sentAt: new Date(clock.now()).toISOString(),
    clock: { at: clock.monotonic(), ...(writer !== undefined && { writer }) },
    events,
    finished,
    dropped,
    queued,
  });
}

/** What is no verdict is passed over: the event stays. */
function readVerdicts(body: unknown): Verdict[] | undefined {
  const { results } = (body ?? {}) as { results?: unknown };
  if (!Array.isArray(results)) return undefined;
  return results.filter(
    (one: Partial<Verdict> | null): one is Verdict =>
      typeof one?.messageId === "string" && STATUSES.includes(one.status),
  );
}

const STATUSES: readonly unknown[] = ["accepted", "duplicate", "rejected"] satisfies Verdict["status"][];
