import { isObject, parseEvent, type ParsedBatch, type ParsedEvent, type VitrineEvent } from "@vitrine/core";
import type { BodyHints } from "../http/bodyHints.ts";
import type { ProofChecker, ProofWord } from "../identity/proof.ts";
import { identityKey, isExternalNamespace, safeId } from "../identity/personalId.ts";
import { scrubEvent, type Contact } from "../identity/scrubEvent.ts";
import type { DeviceReport, DroppedReport } from "./logEntry.ts";
import type { Principal } from "../keys.ts";
import type { Site } from "../site/sites.ts";

/** An event ready for acceptance: checked, without personal data, its ids safe to keep. */
export interface PreparedEvent {
  ok: true;
  event: VitrineEvent;
  /** Keys of other identities that the sender says are the same person. */
  external: string[];
  contacts: Contact[];
  proof?: Exclude<ProofWord, "other_person">;
}

/** A request ready for acceptance. */
export interface Submission {
  site: Site;
  /** True for a secret key: its word on identities and times counts. */
  isTrusted: boolean;
  /** The anonymous id that the device's secret certifies. */
  deviceId?: string;
  /** The device is a shared one: its events go to those who stood before it, the account of its writers is its own. */
  isShared?: true;
  timesAsGiven: boolean;
  sentAt?: number;
  clock?: ParsedBatch["clock"];
  receivedAt: number;
  finished: ParsedBatch["finished"];
  report: DeviceReport;
  /** What the device dropped, where it says so apart from its events. */
  dropped?: Required<DroppedReport>[];
  events: (PreparedEvent | Extract<ParsedEvent, { ok: false }>)[];
}

/** What {@link prepare} works on. */
export interface Preparation {
  batch: ParsedBatch;
  /** What the text of the request rules out for all of its events. */
  hints: BodyHints;
  principal: Principal;
  site: Site;
  deviceId: string | undefined;
  receivedAt: number;
  checkProof: ProofChecker;
  makeId: () => string;
}

/** Parses the events of a request, checks their proofs and takes personal data out. */
export async function prepare(from: Preparation): Promise<Submission> {
  const { batch, hints, principal, site, deviceId, receivedAt, makeId } = from;
  const isTrusted = principal.kind === "secret";
  const events: Submission["events"] = [];
  const { isStorable } = hints;
  for (const raw of batch.events) {
    const parsed = parseEvent(raw, { receivedAt, defaults: batch.defaults, makeId, isStorable });
    if (!parsed.ok) events.push(parsed);
    else {
      const checked = proofOf(parsed.event, from);
      // Awaited only where there is one: most events have none, and each await is a turn of the microtask queue.
      const proof = checked && (await checked);
      const safe = makeSafe(parsed.event, site, isTrusted, hints);
      if (proof) safe.proof = proof;
      events.push(safe);
    }
  }
  return {
    site,
    isTrusted,
    timesAsGiven: isTrusted && batch.timesAsGiven,
    receivedAt,
    finished: batch.finished,
    report: {
      ...(batch.queued === undefined ? {} : { queued: batch.queued }),
      ...(batch.rules === undefined ? {} : { rules: batch.rules }),
    },
    events,
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(batch.sentAt === undefined ? {} : { sentAt: batch.sentAt }),
    ...(batch.clock ? { clock: batch.clock } : {}),
  };
}

function proofOf(
  event: VitrineEvent,
  { site, receivedAt, checkProof }: Preparation,
): ReturnType<ProofChecker> | undefined {
  const { userId, anonymousId, context } = event;
  if (event.type !== "identify" || context.proof === undefined || !userId) return undefined;
  return checkProof({
    token: context.proof,
    siteId: site.id,
    userId,
    anonymousId: anonymousId ?? "",
    now: receivedAt,
  });
}

/** In place: the event is ours alone. */
function makeSafe(
  event: VitrineEvent,
  { hashKey }: Site,
  isTrusted: boolean,
  { holdsAddresses }: BodyHints,
): PreparedEvent {
  const given = event.context.externalIds;
  const external: string[] = [];
  if (given !== undefined) {
    // Kept with the event by their keys only; a page may claim what it likes, so it is not even that.
    const { externalIds: _, ...context } = event.context;
    event.context = context;
    if (isTrusted) external.push(...externalKeys(given, hashKey));
  }
  const contacts = scrubEvent(event, holdsAddresses);
  if (event.userId) event.userId = safeId("user", event.userId, hashKey);
  if (event.anonymousId) event.anonymousId = safeId("anonymous", event.anonymousId, hashKey);
  if (event.previousId) event.previousId = safeId("anonymous", event.previousId, hashKey);
  if (event.groupId) event.groupId = safeId("user", event.groupId, hashKey);
  return { ok: true, event, external, contacts };
}

const MAX_EXTERNAL = 10;

function externalKeys(given: unknown, hashKey: Buffer): string[] {
  if (!Array.isArray(given)) return [];
  return given.slice(0, MAX_EXTERNAL).flatMap((entry: unknown) => {
    if (!isObject(entry) || !isExternalNamespace(entry.type)) return [];
    return typeof entry.id === "string" && entry.id !== ""
      ? [identityKey(entry.type, entry.id, hashKey)]
      : [];
  });
}
