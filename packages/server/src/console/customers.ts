import {
  closedCount,
  evaluateCondition,
  expandSegments,
  profileView,
  type Fold,
  type JsonObject,
  type ProfileView,
  type Received,
} from "@vitrine/core";
import { foldOf, revisionOf } from "../identity/person.ts";
import { identityKey, looksPersonal, splitIdentity } from "../identity/personalId.ts";
import { decodeEntry, isEvent } from "../ingest/logEntry.ts";
import { missingCount } from "../ingest/row.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";
import type { Services } from "../services.ts";
import { slimEvent, type SlimEvent } from "./slimEvent.ts";

/** An identity in two parts. Ids of people outside the shop's own numbers are keyed hashes. */
export interface IdentityRef {
  namespace: string;
  id: string;
}

/** One line of the list of customers. */
export interface CustomerRow {
  identity: IdentityRef;
  /** The identities joined with it. */
  known: IdentityRef[];
  firstSeen: number | null;
  lastSeen: number | null;
  events: number;
  lastCategory: string | null;
  orders: number;
}

/** One customer, all of it. */
export interface Customer {
  identities: IdentityRef[];
  claims: (IdentityRef & { at: number })[];
  joins: { id: string; a: IdentityRef; b: IdentityRef; how: string; at: number }[];
  profile: ProfileView;
  /** Published segments that they are in, by name. */
  segments: string[];
  fold: Fold;
  revision: number;
  timeline: { time: number; receivedAt: number; identity: IdentityRef; event: SlimEvent }[];
  accounting: Accounting;
  now: number;
}

/** How complete a customer's events are: page loads that were followed, and events of finished ones that never came. */
export interface Accounting {
  writers: number;
  missing: number;
}

/** Events shown of one customer, and log rows read for them. */
const MAX_TIMELINE = 500;
const MAX_TIMELINE_ROWS = 300;

/** Reads one customer by any of their identities; undefined when nothing is known of it. */
export function readCustomer(services: Services, siteId: string, identity: string): Customer | undefined {
  const { collector, clock } = services;
  const { graph, rows } = collector;
  const members = graph.members(siteId, identity);
  if (!isKnown(services, siteId, members)) return undefined;
  const now = clock();
  const fold = foldOf(collector, siteId, members);
  const profile = profileView(fold, now);
  const joins = graph.joinsOf(siteId, members).filter(({ undoneAt }) => undoneAt === null);
  return {
    identities: members.map(splitIdentity),
    claims: graph
      .claimsOf(siteId, members)
      .filter(({ claimed }) => !members.includes(claimed))
      .map(({ claimed, firstAt }) => ({ ...splitIdentity(claimed), at: firstAt })),
    joins: joins.map(({ id, a, b, how, at }) => ({
      id: String(id),
      a: splitIdentity(a),
      b: splitIdentity(b),
      how,
      at,
    })),
    profile,
    segments: segmentsOf(services, siteId, profile),
    fold,
    revision: revisionOf(collector, siteId, members),
    timeline: timelineOf(collector, siteId, members),
    accounting: accountingOf(members.flatMap((member) => rows.read(siteId, member)?.received ?? [])),
    now,
  };
}

/** Of a device that was erased stays a row without a profile. */
const isKnown = ({ collector }: Services, siteId: string, members: readonly string[]): boolean =>
  members.length > 1 || (collector.rows.read(siteId, members[0]!)?.fold.oldest ?? 0) > 0;

function segmentsOf(services: Services, siteId: string, profile: ProfileView): string[] {
  const { segments = {}, groups } = rulesetsOf(services).current(siteId)?.content ?? {};
  const attributes = { profile } as unknown as JsonObject;
  return Object.entries(segments).flatMap(([name, condition]) => {
    const { kind } = evaluateCondition(expandSegments(condition, segments), attributes, { groups });
    return kind === "match" ? [name] : [];
  });
}

function timelineOf(
  { log }: Services["collector"],
  siteId: string,
  members: readonly string[],
): Customer["timeline"] {
  const entries = members.flatMap((member) => {
    const identity = splitIdentity(member);
    return log
      .before(siteId, member, Number.MAX_SAFE_INTEGER, MAX_TIMELINE_ROWS)
      .flatMap(({ body, receivedAt }) =>
        decodeEntry(body)
          .items.filter(isEvent)
          .map((event) => ({ time: event.time, receivedAt, identity, event: slimEvent(event) })),
      );
  });
  return entries
    .sort((a, b) => b.time - a.time || (a.event.messageId < b.event.messageId ? 1 : -1))
    .slice(0, MAX_TIMELINE);
}

function accountingOf(received: readonly Received[]): Accounting {
  return {
    writers: received.reduce((sum, one) => sum + Object.keys(one.writers).length + closedCount(one), 0),
    missing: received.reduce((sum, one) => sum + missingCount(one), 0),
  };
}

/** Log rows looked at for one page of the list; whoever came often fills many. */
const MAX_LIST_ROWS = 5_000;
const LIST_ROWS_AT_ONCE = 500;

/**
 * Customers by their newest event. A person stands at the newest log row of all their identities, so a page may begin
 * at any row and nobody comes twice.
 * @param before a batch id, from `next`
 */
export function listCustomers(
  services: Services,
  siteId: string,
  { before = Number.MAX_SAFE_INTEGER, limit }: { before?: number | undefined; limit: number },
): { items: CustomerRow[]; next: string | null } {
  const { collector, database } = services;
  const select = database.sql(
    "SELECT batch_id, identity FROM log WHERE site_id = ? AND batch_id < ? ORDER BY batch_id DESC LIMIT ?",
  );
  const items: CustomerRow[] = [];
  let cursor = before;
  for (let read = 0; read < MAX_LIST_ROWS; read += LIST_ROWS_AT_ONCE) {
    const rows = select.all(siteId, cursor, LIST_ROWS_AT_ONCE);
    for (const row of rows) {
      cursor = Number(row.batch_id);
      const members = collector.graph.members(siteId, row.identity as string);
      if (revisionOf(collector, siteId, members) === cursor) items.push(rowOf(services, siteId, members));
      if (items.length === limit) return { items, next: String(cursor) };
    }
    if (rows.length < LIST_ROWS_AT_ONCE) return { items, next: null };
  }
  return { items, next: String(cursor) };
}

/** Customers whose device id or user id begins with the query; an address finds the one whose hash it has. */
export function searchCustomers(
  services: Services,
  siteId: string,
  query: string,
  limit: number,
): CustomerRow[] {
  const { collector, database, sites } = services;
  const { hashKey } = sites.get(siteId);
  const exact = ["user", "anonymous", ...(looksPersonal(query) ? ["email", "phone"] : [])].map((namespace) =>
    identityKey(namespace, query, hashKey),
  );
  const select = database.sql(
    "SELECT identity FROM profiles WHERE site_id = ? AND identity >= ? AND identity < ? LIMIT ?",
  );
  const begun = ["user", "anonymous"].flatMap((namespace) => {
    const from = `${namespace}:${query}`;
    return select.all(siteId, from, `${from}\u{10ffff}`, limit).map((row) => row.identity as string);
  });
  const found = new Map<string, CustomerRow>();
  for (const identity of [...exact, ...begun]) {
    const members = collector.graph.members(siteId, identity);
    if (isKnown(services, siteId, members) && !found.has(members[0]!))
      found.set(members[0]!, rowOf(services, siteId, members));
    if (found.size === limit) break;
  }
  return [...found.values()];
}

function rowOf({ collector, clock }: Services, siteId: string, members: readonly string[]): CustomerRow {
  const profile = profileView(foldOf(collector, siteId, members), clock());
  const main = members.find((member) => member.startsWith("user:")) ?? members[0]!;
  return {
    identity: splitIdentity(main),
    known: members.filter((member) => member !== main).map(splitIdentity),
    firstSeen: profile.firstSeen ?? null,
    lastSeen: profile.lastSeen ?? null,
    events: Object.values(profile.counters).reduce((sum, { total }) => sum + total, 0),
    lastCategory: profile.lastViewed.category?.name ?? null,
    orders: profile.orderCount,
  };
}
