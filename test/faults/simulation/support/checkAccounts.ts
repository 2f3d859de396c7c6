import type { CollectorModel, WireEvent } from "./collectorModel.ts";
import type { SentRequest } from "./fakeNetwork.ts";
import type { Call, Ledger, Word } from "./ledger.ts";

/** What is compared at the end: the log, the collector's store, and what the database still holds. */
export interface Books {
  ledger: Ledger;
  collector: CollectorModel;
  /** Events that are still stored on the device. */
  kept: WireEvent[];
  sent: SentRequest[];
}

/** How long a tab that can read and hear may take until it knows what another one said, ms. */
export const HEARSAY_MS = 10_000;

/** How long a database that works again may be left alone, and how long opening it may take, ms. */
export const MENDING_MS = 40_000;

/** Drops that speak of a request in flight: it may have arrived although nobody waited for the answer. */
const MAY_HAVE_ARRIVED = /^(no_space|consent|refused|duplicate_order)$/;

/** What became of a call. */
interface Fate {
  call: Call;
  stored: WireEvent[];
  isKept: boolean;
  /** Every word about it, the promise's first. */
  words: Word[];
}

/** Compares the books; each line names one violation. */
export function checkAccounts(books: Books): string[] {
  const { ledger } = books;
  const fates = fatesOf(books);
  return [
    ...ledger.errors.map((error) => `error: ${error}`),
    ...phantoms(books),
    ...fates.flatMap((fate) => judge(ledger, fate)),
    ...orders(ledger, fates),
    ...sequence(books.collector),
    ...unreported(books, fates),
    ...sentAfterWithdrawal(books),
  ];
}

const numberOf = ({ properties }: WireEvent) => properties.n;

function fatesOf({ ledger, collector, kept, sent }: Books): Fate[] {
  const stored = Map.groupBy(collector.stored, numberOf);
  const keptNumbers = new Set(kept.map(numberOf));
  const ids = new Map<number | undefined, string>();
  for (const { batch } of sent) for (const event of batch.batch) ids.set(numberOf(event), event.messageId);
  return ledger.calls.map((call) => {
    const id = call.messageId ?? ids.get(call.n);
    const words = [call.promise, ...((!call.orderId && id && ledger.told.get(id)) || [])];
    return {
      call,
      stored: stored.get(call.n) ?? [],
      isKept: keptNumbers.has(call.n),
      words: words.filter((word) => word !== undefined),
    };
  });
}

/** Nothing stands in the store that nobody made, and nothing of the SDK's own twice. */
function phantoms({ ledger, collector }: Books): string[] {
  const seen = new Set<string>();
  return collector.stored.flatMap((event) => {
    const n = numberOf(event);
    if (n !== undefined) return ledger.calls[n - 1] ? [] : [`phantom: ${event.event} n=${n}`];
    const isTwice = seen.has(event.messageId);
    seen.add(event.messageId);
    if (isTwice) return [`twice: ${event.event} ${event.messageId}`];
    return /^(Events Dropped|Consent Updated)$/.test(event.event ?? "") ? [] : [`phantom: ${event.event}`];
  });
}

/** A person had it erased: what was captured before a withdrawal, or after it in a tab that could not know yet. */
function mayBeErased({ withdrawals, tabs }: Ledger, call: Call): boolean {
  const { awareFrom } = tabs.find(({ name }) => name === call.tab)!;
  return withdrawals.some(({ at }) => Math.max(at + HEARSAY_MS, awareFrom) >= call.at);
}

function judge(ledger: Ledger, { call, stored, isKept, words }: Fate): string[] {
  const { tabs, wipes } = ledger;
  const { n, at, promise, tab } = call;
  const isAlive = tabs.some(({ name, isAlive }) => name === tab && isAlive);
  const dropped = words.find(({ status }) => status === "dropped");
  const promised = words.find(({ status }) => status !== "dropped");
  // Nobody is left to tell of what a page stored that is gone, and a person then had erased.
  const isExcused = !isAlive && (mayBeErased(ledger, call) || wipes.some((wipedAt) => wipedAt >= at));
  const name = `n=${n} of ${tab}`;
  const said = words.map(({ status, reason }) => status + (reason ? `:${reason}` : "")).join();
  if (stored.length > 1) return [`twice: ${name} (${said})`];
  if (isAlive && !promise) return [`never settled: ${name}`];
  if (dropped && stored[0] && !MAY_HAVE_ARRIVED.test(dropped.reason!))
    return [`dropped, yet it arrived: ${name} (${said})`];
  if (isKept) return [`left lying: ${name} (${said})`];
  if (promised && !dropped && !stored[0] && !isExcused && !call.orderId) return [`lost: ${name} (${said})`];
  if (promised?.status === "delivered" && !stored[0] && !dropped && !call.orderId)
    return [`never delivered: ${name} (${said})`];
  return [];
}

/** An order that several pages report counts once, and is not lost when any of them had the promise. */
function orders(ledger: Ledger, fates: Fate[]): string[] {
  const { tabs, told, wipes } = ledger;
  const byOrder = Map.groupBy(
    fates.filter(({ call }) => call.orderId),
    ({ call }) => call.orderId,
  );
  return [...byOrder].flatMap(([orderId, reports]) => {
    const promised = reports.find(({ call }) => call.promise && call.promise.status !== "dropped");
    if (!promised || reports.some(({ stored }) => stored[0])) return [];
    const { at, tab, messageId } = promised.call;
    const wasDropped = told
      .get(messageId!)
      ?.some(({ status, reason }) => status === "dropped" && reason !== "duplicate_order");
    const isErased = wasDropped || mayBeErased(ledger, promised.call);
    const isWiped =
      wipes.some((wipedAt) => wipedAt >= at) && !tabs.some((one) => one.name === tab && one.isAlive);
    return isErased || isWiped ? [] : [`lost: ${orderId}`];
  });
}

/** Within a page load, the order of numbers is the order of calls. */
function sequence({ stored }: CollectorModel): string[] {
  const writers = Map.groupBy(
    stored.filter((event) => numberOf(event) !== undefined),
    ({ context }) => context.writer.id,
  );
  return [...writers].flatMap(([writer, events]) => {
    const bySeq = events.toSorted((a, b) => a.context.writer.seq - b.context.writer.seq);
    const isOrdered = bySeq.every((event, at) => at === 0 || numberOf(bySeq[at - 1]!)! < numberOf(event)!);
    return isOrdered ? [] : [`out of order: writer ${writer}`];
  });
}

/**
 * Of a page that lives, each number up to the last that arrived is stored, refused by name or reported as dropped. A
 * page that drops an event and dies within the second takes the report along: that gap is the collector's to count.
 */
function unreported({ ledger, collector }: Books, fates: Fate[]): string[] {
  if (ledger.withdrawals[0]) return []; // a withdrawal erases the reports too
  const alive = new Set(ledger.tabs.flatMap(({ name, isAlive }) => (isAlive ? name : [])));
  const last = new Map<string, number>();
  const takenAlong = new Map<string, number>();
  for (const { call, stored, words } of fates) {
    if (!alive.has(call.tab)) continue;
    const dropper = words.find(({ status, tab }) => status === "dropped" && !alive.has(tab));
    if (dropper && !stored[0]) takenAlong.set(call.tab, (takenAlong.get(call.tab) ?? 0) + 1);
    if (!stored[0]) continue;
    const { id, seq } = stored[0].context.writer;
    last.set(id, Math.max(seq, last.get(id) ?? 0));
  }
  const tabOf = new Map(
    fates.flatMap(({ call, stored }) => stored.map((event) => [event.context.writer.id, call.tab])),
  );
  return [...last].flatMap(([writer, seq]) => {
    const account = collector.accountOf(writer);
    const missing = Array.from({ length: seq }, (_, at) => at + 1).filter((one) => !account.has(one));
    const isTold = missing.length <= (takenAlong.get(tabOf.get(writer)!) ?? 0);
    return isTold ? [] : [`gap that nobody reported: writer ${writer} ${missing.join()}`];
  });
}

/**
 * After a withdrawal nothing that its devices captured leaves any more, and they capture nothing: at once in the tab
 * where it was said, soon in others that run. A change of mind within seconds finds tabs that heard of neither: what they
 * keep was allowed before and is again.
 */
function sentAfterWithdrawal({ ledger, sent }: Books): string[] {
  const tabs = new Map(ledger.tabs.map((tab) => [tab.name, tab]));
  return ledger.withdrawals.flatMap(({ asked, at, tab, isStored, devices }) => {
    // A page that could not store it does so when it can.
    const storedAt = isStored
      ? at
      : tabs.get(tab)!.isAlive
        ? Math.max(at, ledger.mendedAt + MENDING_MS)
        : Infinity;
    const knownAt = (name: string) =>
      name === tab ? at : Math.max(storedAt + HEARSAY_MS, tabs.get(name)!.awareFrom);
    const takenBack = ledger.grants.find((grantedAt) => grantedAt >= asked) ?? Infinity;
    const until = takenBack - asked < HEARSAY_MS ? takenBack : Infinity;
    return sent
      .filter((request) => devices.has(request.batch.device) && request.at < until)
      .flatMap((request) =>
        request.batch.batch.flatMap((event) => {
          const call = ledger.calls[numberOf(event)! - 1];
          const { name } = request.process;
          const isLate =
            call && (call.at <= asked ? request.at > knownAt(name) : call.at > knownAt(call.tab));
          return isLate ? [`sent after consent was withdrawn: n=${call.n} by ${name}`] : [];
        }),
      );
  });
}
