import {
  fixTime,
  granted,
  hasReceived,
  type EventResult,
  type FixedTime,
  type Grown,
  type TimedEvent,
  type VitrineEvent,
  type Writer,
} from "@vitrine/core";
import type { ExposureStore } from "../experiments/exposureStore.ts";
import type { SurveyStore } from "../experiments/surveyStore.ts";
import type { ContactStore } from "../identity/contactStore.ts";
import type { Graph } from "../identity/graph.ts";
import type { LogStore } from "../stores/logStore.ts";
import type { MessageStore } from "../stores/messageStore.ts";
import { encodeEntry, isEvent, type DroppedReport, type LogEntry, type LogItem } from "./logEntry.ts";
import type { PreparedEvent, Submission } from "./prepare.ts";
import { ownerOf, type Owner } from "./ownerOf.ts";
import { readDropped } from "./readDropped.ts";
import { applyItem, finishEntry, missingCount, newlyDropped, unsettledCount, type Row } from "./row.ts";
import type { Rows } from "./rows.ts";
import { stampCart } from "./stampCart.ts";
import type { Tally } from "./tally.ts";

/** What acceptance works on; all of it inside one transaction. */
export interface Acceptance {
  rows: Rows;
  log: LogStore;
  messages: MessageStore;
  graph: Graph;
  contacts: ContactStore;
  exposures: Pick<ExposureStore, "note">;
  surveys: Pick<SurveyStore, "note">;
  tally: Tally;
  /** Told of each log row; to be passed on after the commit. */
  changed(change: {
    siteId: string;
    identity: string;
    batchId: number;
    receivedAt: number;
    events: TimedEvent[];
    joined: boolean;
  }): void;
}

/** What a request brings for one identity. */
interface Group {
  identity: string;
  row: Row;
  entry: LogEntry;
  /** Facets of its fold that got new keys. */
  grown: Grown;
  /** How its account stood before. */
  before: Account;
}

/** What of an identity's events is not here. */
interface Account {
  gaps: number;
  queued: number;
  unsettled: number;
}

interface Run {
  to: Acceptance;
  from: Submission;
  groups: Map<string, Group>;
}

/** Ranges of one writer that are kept: our SDK's writers have few, so more are a fault or an attack. */
const MAX_RANGE_BOUNDS = 2_000;

/**
 * Accepts a request's events: once each, times fixed, folded, logged. Synchronous, to run in the transaction
 * that makes it durable; throws leave everything to the roll-back.
 */
export function accept(to: Acceptance, from: Submission): EventResult[] {
  const run: Run = { to, from, groups: new Map() };
  const results = from.events.map((one) => (one.ok ? acceptEvent(run, one) : refuse(run, one, one.reason)));
  to.tally.count(from.site.id, results);
  for (const report of from.dropped ?? [])
    noteDropped(run, groupOf(run, `anonymous:${from.deviceId}`, true), report);
  finishWriters(run);
  for (const group of run.groups.values()) logGroup(run, group);
  return results;
}

function acceptEvent(run: Run, one: PreparedEvent): EventResult {
  const { from } = run;
  const { event } = one;
  const { messageId } = event;
  const owner = ownerOf(from, event);
  if ("reason" in owner) return refuse(run, event, owner.reason);
  const { writer } = event.context;
  const fixed = fixTimeOf(run, owner, event);
  if (!fixed.ok) return refuse(run, { ...event, writer }, fixed.reason);
  const account = groupOf(run, owner.account, owner.ranged);
  const novelty = noveltyOf(run, account, event);
  if (novelty === "bad_writer") return refuse(run, event, novelty);
  // For a repeat too: its first answer may have been lost, and the device waits for the word.
  const proof = settleIdentity(run, owner.identity, one);
  const word = proof ? { proof } : {};
  if (novelty === "duplicate") return { messageId, status: "duplicate", ...word };
  // The traits of another person are not this device's.
  if (proof === "other_person" && !from.isTrusted) event.traits = {};
  keepContacts(run, owner.identity, one, proof);
  const isOwn = owner.account === owner.identity;
  const group = isOwn ? account : groupOf(run, owner.identity, false);
  if (from.deviceId === undefined) stampCart(event, group.row.fold);
  const { ok: _, ...when } = fixed;
  const timed: TimedEvent = Object.assign(event, when);
  put(run, group, timed);
  run.to.exposures.note(from.site.id, owner.identity, timed);
  run.to.surveys.note(from.site.id, owner.identity, timed);
  if (!isOwn && writer) put(run, account, [writer.id, writer.seq]);
  const dropped = isOwn && owner.ranged ? readDropped(timed) : undefined;
  if (dropped) noteDropped(run, account, dropped);
  return { messageId, status: "accepted", ...when, ...word };
}

/** Reports that say nothing new leave no trace. */
function noteDropped(run: Run, group: Group, report: Required<DroppedReport>): void {
  const count = newlyDropped(group.row.received, report);
  if (count === 0) return;
  put(run, group, report);
  run.to.tally.add(run.from.site.id, `dropped:${report.reason}`, count);
}

function fixTimeOf({ to, from, groups }: Run, { account, ranged }: Owner, event: VitrineEvent): FixedTime {
  const { sentAt, clock, receivedAt, timesAsGiven } = from;
  const { timestamp, context } = event;
  // Read, not changed: the event may yet be refused.
  const row = ranged && clock ? (groups.get(account)?.row ?? to.rows.read(from.site.id, account)) : undefined;
  return fixTime({ timestamp, context, sentAt, clock, receivedAt, timesAsGiven, received: row?.received });
}

function groupOf({ to, from, groups }: Run, identity: string, ranged: boolean): Group {
  let group = groups.get(identity);
  if (!group) {
    const row = to.rows.change(from.site.id, identity);
    const entry: LogEntry = { items: [], ranged };
    if (identity === `anonymous:${from.deviceId}`) entry.report = from.report;
    group = { identity, row, entry, grown: new Map(), before: accountOf(row, ranged) };
    groups.set(identity, group);
  }
  return group;
}

function noveltyOf(
  { to, from }: Run,
  { identity, row, entry }: Group,
  event: VitrineEvent,
): "new" | "duplicate" | "bad_writer" {
  const { writer } = event.context;
  if (entry.ranged && writer) {
    if (hasReceived(row.received, writer)) return "duplicate";
    return hasRoom(row, writer) ? "new" : "bad_writer";
  }
  return to.messages.add(from.site.id, identity, event.messageId, from.receivedAt) ? "new" : "duplicate";
}

function hasRoom({ received }: Row, { id, seq }: Writer): boolean {
  const ranges = Object.hasOwn(received.writers, id) ? received.writers[id]!.ranges : [];
  return ranges.length < MAX_RANGE_BOUNDS || seq === ranges.at(-1)! + 1;
}

function put({ from: { receivedAt } }: Run, { row, entry, grown }: Group, item: LogItem): void {
  entry.items.push(item);
  applyItem(row, item, { ranged: entry.ranged, receivedAt, grown });
}

/** A refused event of a trusted writer is noted, so that its `seq` leaves no gap. */
function refuse(
  run: Run,
  {
    messageId,
    anonymousId,
    writer,
  }: { messageId: string; anonymousId?: string | undefined; writer?: Writer | undefined },
  reason: string,
): EventResult {
  const { deviceId, isShared } = run.from;
  if (writer && deviceId !== undefined && (isShared || anonymousId === deviceId)) {
    const group = groupOf(run, `anonymous:${deviceId}`, true);
    if (!hasReceived(group.row.received, writer) && hasRoom(group.row, writer))
      put(run, group, [writer.id, writer.seq]);
  }
  return { messageId, status: "rejected", reason };
}

/** Notes who the event says it is: a claim, or an edge when it is proven. */
function settleIdentity(run: Run, identity: string, one: PreparedEvent): EventResult["proof"] {
  const { from } = run;
  const { event, external } = one;
  const { anonymousId, userId, previousId } = event;
  if (!from.isTrusted) {
    if (userId === undefined) return one.proof;
    if (one.proof === "proven") return prove(run, identity, `user:${userId}`, "token");
    run.to.tally.claim(from.site.id, identity, `user:${userId}`, from.receivedAt);
    return one.proof;
  }
  let refused = false;
  const others = [...external];
  if (userId !== undefined && anonymousId !== undefined) others.push(`anonymous:${anonymousId}`);
  if (userId !== undefined && previousId !== undefined) others.push(`anonymous:${previousId}`);
  for (const other of others) if (prove(run, identity, other, "server") === "other_person") refused = true;
  return refused ? "other_person" : undefined;
}

function prove({ to, from }: Run, a: string, b: string, how: "token" | "server"): "proven" | "other_person" {
  const siteId = from.site.id;
  const outcome = to.graph.join(siteId, { a, b, how, at: from.receivedAt });
  if (outcome.kind === "joined")
    for (const identity of [a, b])
      logJoin(to, { siteId, identity, join: outcome.id, receivedAt: from.receivedAt });
  return outcome.kind === "other_person" ? "other_person" : "proven";
}

/** Writes down at one end that an edge was made or undone, so that the end's revision moves. */
export function logJoin(
  to: Pick<Acceptance, "log" | "rows" | "changed">,
  {
    siteId,
    identity,
    join,
    receivedAt,
  }: { siteId: string; identity: string; join: number; receivedAt: number },
): void {
  const row = to.rows.change(siteId, identity);
  const entry: LogEntry = { items: [], ranged: false, join };
  const body = encodeEntry(entry);
  const batchId = to.log.append({ siteId, identity, receivedAt, count: 0, body });
  finishEntry(row, entry, batchId, receivedAt);
  to.changed({ siteId, identity, batchId, receivedAt, events: [], joined: true });
}

function keepContacts(
  { to, from }: Run,
  identity: string,
  { event, contacts }: PreparedEvent,
  proof: EventResult["proof"],
): void {
  if (contacts.length === 0) return;
  const isKept = proof !== "other_person" && granted({ ...event, time: 0 }, "marketing");
  if (isKept) to.contacts.keep(from.site.id, identity, contacts, from.receivedAt);
  to.tally.add(from.site.id, isKept ? "contacts_kept" : "contacts_removed", contacts.length);
}

function accountOf(row: Row, ranged: boolean): Account {
  return {
    gaps: ranged ? missingCount(row.received) : 0,
    queued: row.device?.queued ?? 0,
    unsettled: ranged ? unsettledCount(row) : 0,
  };
}

/** Closes the device's finished writers, as far as that says anything new. */
function finishWriters(run: Run): void {
  const { deviceId, finished } = run.from;
  if (deviceId === undefined || finished.length === 0) return;
  const { received } = run.to.rows.read(run.from.site.id, `anonymous:${deviceId}`) ?? {};
  const news = finished.filter(({ id, last }) => {
    const writer = received && Object.hasOwn(received.writers, id) ? received.writers[id] : undefined;
    return writer !== undefined && writer.last !== last;
  });
  if (news.length > 0) groupOf(run, `anonymous:${deviceId}`, true).entry.finished = news;
}

function logGroup({ to, from }: Run, { identity, row, entry, grown, before }: Group): void {
  if (entry.items.length === 0 && !entry.finished) return;
  const siteId = from.site.id;
  const { receivedAt } = from;
  const events = entry.items.filter(isEvent);
  const batchId = to.log.append({
    siteId,
    identity,
    receivedAt,
    count: events.length,
    body: encodeEntry(entry),
  });
  finishEntry(row, entry, batchId, receivedAt, grown);
  const account = accountOf(row, entry.ranged);
  for (const name of ["gaps", "queued", "unsettled"] as const)
    to.tally.add(siteId, name, account[name] - before[name]);
  to.changed({ siteId, identity, batchId, receivedAt, events, joined: false });
}
