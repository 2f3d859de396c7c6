import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { join } from "node:path";
import { HttpProblem } from "../http/problem.ts";
import type { Kiosk } from "../kiosk/kiosks.ts";
import type { Services } from "../services.ts";
import { createHandoffStore, type Handoff } from "./handoffStore.ts";
import { noRoom, openPartFiles } from "./partFiles.ts";

/** A link is for the phone in her hand; nothing waits longer. */
export const HANDOFF_LIFE_MS: number = 10 * 60_000;

/** Hand-offs of one kiosk that may wait at once: one shopper stands there, and may try again. */
const MAX_WAITING = 8;

/** Space left to the disk whatever is asked for. */
const RESERVED_BYTES = 256e6;

/** How often is looked for those whose time is over. */
const SWEEP_MS = 1_000;

/** What the phone gets that opened a hand-off. */
export interface OpenedHandoff {
  id: string;
  /** Whoever has it may read the parts and end the hand-off. */
  capability: string;
  parts: { bytes: number }[];
  /** ms since 1970. */
  until: number;
}

/** Sealed looks on their way from a kiosk to a phone. */
export interface Handoffs {
  /** @throws HttpProblem 507, 429 */
  create(kiosk: Kiosk, parts: number[], until: number): Promise<{ id: string; token: string }>;
  /** @throws HttpProblem 404 for what is not this kiosk's, 409 once a phone has it */
  writePart(kiosk: Kiosk, id: string, n: number, body: AsyncIterable<Buffer>): Promise<void>;
  stateFor(kiosk: Kiosk, id: string): "waiting" | "taken" | undefined;
  /** Ends it on the kiosk's word. */
  withdraw(kiosk: Kiosk, id: string): boolean;
  /**
   * Hands it to the first phone that asks, and to none after. The same `attempt` (a secret of that phone) is answered
   * again, since an answer may be lost on its way.
   * @throws HttpProblem 409 while parts are missing, which spends nothing
   */
  open(token: string, attempt: string): OpenedHandoff | undefined;
  /** The file of a part; undefined without the right capability. */
  part(id: string, capability: string, n: number): { path: string; bytes: number } | undefined;
  /** Ends it on the phone's word. */
  finish(id: string, capability: string): boolean;
  /** Shreds all whose time is over, and whatever nobody can ask for any more. */
  sweep(): void;
  /** Resolves when all that has ended is shredded. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the hand-offs; those that ended while the server was away are shredded at once. */
export function createHandoffs({ settings, secrets, database, clock, random, log }: Services): Handoffs {
  const store = createHandoffStore(database);
  const files = openPartFiles(join(settings.dataDir, "handoffs"));
  const { maxWaitingBytes } = settings.limits;
  const shredding = new Set<Promise<void>>();

  const shred = (id: string): void => {
    const work = files
      .shred(id)
      .catch((error: NodeJS.ErrnoException) =>
        log.error({ err: error.code }, "a hand-off could not be shredded"),
      )
      .finally(() => shredding.delete(work));
    shredding.add(work);
  };
  // The row first: from then on nobody can ask for it, and a folder without a row is shredded at the next start.
  const end = (id: string): boolean => {
    const had = store.remove(id);
    if (had) shred(id);
    return had;
  };
  const sweep = (): void => {
    for (const id of store.ended(clock())) end(id);
  };
  const live = (handoff: Handoff | undefined): Handoff | undefined =>
    handoff && handoff.until > clock() ? handoff : undefined;
  const ofKiosk = (kiosk: Kiosk, id: string): Handoff | undefined => {
    const handoff = live(store.byId(id));
    return handoff?.siteId === kiosk.siteId && handoff.kioskId === kiosk.id ? handoff : undefined;
  };
  const ofPhone = (id: string, capability: string): Handoff | undefined => {
    const handoff = live(store.byId(id));
    return isSame(handoff?.capabilityHash ?? NO_HASH, sha256(capability)) ? handoff : undefined;
  };
  const capabilityOf = (id: string, attempt: string): string =>
    createHmac("sha256", secrets.masterKey).update(`handoff ${id} ${attempt}`).digest("base64url");

  const known = new Set(store.ids());
  for (const id of files.ids()) if (!known.has(id)) shred(id);
  sweep();
  const timer = setInterval(sweep, SWEEP_MS).unref();

  return {
    sweep,
    async create({ siteId, id: kioskId }, parts, until) {
      sweep();
      const bytes = parts.reduce((a, b) => a + b, 0);
      const free = await files.freeBytes();
      const load = store.load(kioskId);
      if (load.bytes + bytes > maxWaitingBytes || free < bytes + RESERVED_BYTES) throw noRoom();
      if (load.waiting >= MAX_WAITING)
        throw new HttpProblem(
          429,
          "too_many",
          "Earlier hand-offs of this kiosk still wait; delete them first.",
        );
      const id = `h_${random(12).toString("base64url")}`;
      const token = random(24).toString("base64url");
      store.insert({ id, siteId, kioskId, capabilityHash: null, parts, until }, sha256(token));
      return { id, token };
    },
    async writePart(kiosk, id, n, body) {
      const handoff = ofKiosk(kiosk, id);
      const bytes = handoff?.parts[n];
      if (bytes === undefined)
        throw new HttpProblem(404, "unknown_handoff", "There is no such hand-off or part.");
      if (handoff!.capabilityHash !== null)
        throw new HttpProblem(409, "taken", "A phone has this hand-off already; make another one.");
      await files.write({ id, n, bytes }, body);
      if (ofKiosk(kiosk, id)) return;
      shred(id);
      throw new HttpProblem(404, "unknown_handoff", "This hand-off ended while the part was sent.");
    },
    stateFor(kiosk, id) {
      const handoff = ofKiosk(kiosk, id);
      return handoff && (handoff.capabilityHash === null ? "waiting" : "taken");
    },
    withdraw: (kiosk, id) => ofKiosk(kiosk, id) !== undefined && end(id),
    open(token, attempt) {
      const handoff = live(store.byToken(sha256(token)));
      // Worked out also where there is nothing to open, so that a guess takes as long.
      const capability = capabilityOf(handoff?.id ?? "", attempt);
      const hash = sha256(capability);
      const isOwn = isSame(handoff?.capabilityHash ?? NO_HASH, hash);
      if (!handoff || (handoff.capabilityHash !== null && !isOwn)) return undefined;
      if (!handoff.parts.every((bytes, n) => files.has(handoff.id, n, bytes)))
        throw new HttpProblem(409, "not_ready", "The mirror is still sending; try again in a moment.");
      if (!isOwn && !store.claim(handoff.id, hash)) return undefined;
      const parts = handoff.parts.map((bytes) => ({ bytes }));
      return { id: handoff.id, capability, parts, until: handoff.until };
    },
    part(id, capability, n) {
      const bytes = ofPhone(id, capability)?.parts[n];
      return bytes === undefined ? undefined : { path: files.path(id, n), bytes };
    },
    finish: (id, capability) => ofPhone(id, capability) !== undefined && end(id),
    async settled() {
      while (shredding.size > 0) await Promise.all(shredding);
    },
    async close() {
      clearInterval(timer);
      await this.settled();
    },
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** The hash of nothing anybody can have. */
const NO_HASH = "-".repeat(43);

const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));
