import type { EventResult, JsonObject } from "@vitrine/core";
import { sendBatch, type Target } from "./collector.ts";
import type { Visit } from "./readVisits.ts";
import { visitEvents } from "./visitEvents.ts";
import { visitorOf } from "./visitor.ts";

/** Events in one batch: what a visitor's browser gathers over a few pages. */
const BATCH_SIZE = 20;

/** What was sent, and what the collector said of it. */
export interface Sent {
  visits: number;
  events: number;
  batches: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  /** Reasons of rejections, with their number. */
  reasons: Record<string, number>;
}

/** How to send. */
export interface Sending {
  target: Target;
  /** Names the file in message ids, so that the same file always makes the same ones. */
  fileName: string;
  /** Visitors who send at the same time. */
  concurrency: number;
  /** Stops after the batches under way. */
  signal: AbortSignal;
  onVisit: (sent: Sent) => void;
}

/** Sends visits, each visitor's batches one after the other, several visitors at a time. */
export async function sendVisits(visits: AsyncIterable<Visit>, sending: Sending): Promise<Sent> {
  const sent: Sent = {
    visits: 0,
    events: 0,
    batches: 0,
    accepted: 0,
    duplicate: 0,
    rejected: 0,
    reasons: {},
  };
  const source = visits[Symbol.asyncIterator]();
  const worker = async () => {
    while (!sending.signal.aborted) {
      const { value: visit, done } = await source.next();
      if (done) return;
      if (await sendVisit(visit, sending, sent)) sent.visits++;
      sending.onVisit(sent);
    }
  };
  await Promise.all(Array.from({ length: sending.concurrency }, worker));
  await source.return?.();
  return sent;
}

/** @returns false when it was stopped before its last batch. */
async function sendVisit(visit: Visit, { target, fileName, signal }: Sending, sent: Sent): Promise<boolean> {
  const visitor = visitorOf(fileName, visit.session);
  const events = visitEvents(fileName, visit, visitor);
  for (let at = 0; at < events.length; at += BATCH_SIZE) {
    if (signal.aborted) return false;
    const batch = events.slice(at, at + BATCH_SIZE);
    const isLast = at + BATCH_SIZE >= events.length;
    // The page is gone after its last batch; the collector then knows that nothing is missing.
    const finished = isLast ? { finished: [{ id: visitor.writerId, last: events.length }] } : {};
    const { results } = await sendBatch(target, {
      device: visitor.secret,
      batch,
      timesAsGiven: true,
      ...finished,
    });
    tally(sent, batch, results);
  }
  return true;
}

function tally(sent: Sent, batch: JsonObject[], results: EventResult[]): void {
  if (
    results.length !== batch.length ||
    results.some(({ messageId }, i) => messageId !== batch[i]!.messageId)
  ) {
    throw new Error("The collector did not answer for the events of the batch, in their order.");
  }
  sent.batches++;
  sent.events += batch.length;
  for (const { status, reason } of results) {
    sent[status]++;
    if (status === "rejected") sent.reasons[reason ?? "?"] = (sent.reasons[reason ?? "?"] ?? 0) + 1;
  }
}
