import type { ScannedCode } from "@vitrine/core";
import type { Article, Look } from "../looks/look.ts";
import type { Lease } from "./lease.ts";

/** What a shopper is doing, once she began. */
export type Place = "mirror" | "looks" | "replay" | "compare" | "pair" | "offers" | "article" | "handover";

/** A recording on its way: nothing, seconds to go, the light is on, or being kept. */
export type Take =
  | { step: "countdown"; until: number }
  | { step: "recording"; from: number; until: number }
  | { step: "keeping"; lengthMs: number };

/** How much of the shop's time for a turn she takes: once, or longer, since nobody has to turn fast. */
export type Pace = 1 | 2 | 3;

/** One shopper's time at the mirror. Nothing of it outlives it. */
export interface Session {
  /** Made anew for each shopper; says nothing about her. */
  id: string;
  place: Place;
  /** Oldest first. */
  looks: Look[];
  /** Ids of the looks that are compared, or the one that is replayed. */
  shown: string[];
  take?: Take;
  pace: Pace;
  /** Said once on the screen, until the next touch. */
  notice?: Notice;
  /** What was scanned last; another object each time, also when the same label comes again. */
  scan?: Scan;
  /** What she scanned, newest first. */
  tried: Article[];
  lease?: Lease;
  /**
   * Counts locks and reopenings: it is odd while locked. What the server says of the lease counts only in the era in which it was
   * asked; an answer from before a lock knows nothing of the lock.
   */
  era: number;
  /** When she last touched anything; ms of the monotonic clock, like every time here. */
  touchedAt: number;
  /** How often she asked for more time. */
  extended: number;
  /** Nobody is in front, and somebody was last there then. */
  awaySince?: number;
}

/** What a label says: a number to look up, or why it names no product; or the number of a garment that she touched in an offer. */
export type Scan = { kind: "number" | "offered"; number: string } | Extract<ScannedCode, { kind: "refused" }>;

/** Things the mirror has to say. */
export type Notice =
  | "second_person"
  | "camera_lost"
  | "disk_full"
  | "storage_failed"
  | "take_failed"
  | "too_many_looks"
  | "looks_lost"
  | "phone_let_go"
  | "phone_forgotten";

/** Why a session ended. */
export type Ending = "done" | "left" | "idle" | "expired" | "replaced" | "command";

/** What the mirror is. `ended` lasts until everything of the session is destroyed. */
export type Mirror =
  | { kind: "idle" }
  | { kind: "hello"; since: number }
  | { kind: "open"; session: Session; warnedUntil?: number }
  | { kind: "locked"; session: Session; until: number }
  | { kind: "ended"; session: Session; why: Ending };

export type Open = Extract<Mirror, { kind: "open" }>;
export type Locked = Extract<Mirror, { kind: "locked" }>;

/** What happens to it. */
export type MirrorEvent = SharedEvent | CameraEvent;

/** What happens in every build. */
export type SharedEvent =
  | { type: "tick" }
  | { type: "begin"; id: string }
  | { type: "touch" }
  | { type: "extend" }
  | { type: "go"; place: Place; shown?: string[] }
  | { type: "scanned"; scan: Scan }
  | { type: "tried"; article: Article }
  /** A phone was paired. */
  | { type: "leased"; lease: Lease }
  /** What the server says of the lease to a question of an era. */
  | { type: "heard"; lease: Lease; era: number }
  | { type: "done"; why?: Ending }
  | { type: "destroyed" };

/** What happens only where there is a camera: the screens of a build without one cannot say it. */
export type CameraEvent =
  | { type: "seen"; who: "nobody"; seenAt?: number | undefined }
  | { type: "seen"; who: "one" | "second" }
  /** The camera shows nothing that could be trusted: whether she is there, only her touch and the time tell. */
  | { type: "blind" }
  | { type: "choose"; look: string }
  | { type: "record" }
  | { type: "pace" }
  | { type: "wait" }
  | { type: "cancel" }
  | { type: "recorded"; look: Look }
  | { type: "tag"; look: string; article: Look["article"] }
  | { type: "discard"; look: string }
  | { type: "lost" }
  | { type: "failed"; notice: Notice };

/** Times of a mirror, in ms. */
export interface Timing {
  /**
   * So long after she was last seen in front: locked, or ended where no phone could open it again. It is within three
   * seconds, however often this machine looks.
   */
  leaveMs: number;
  /** No touch for so long: warned. */
  warnMs: number;
  /** From the warning to the lock. */
  graceMs: number;
  /** A lock lasts so long at most. */
  lockMs: number;
  /** Hello goes when nobody begins. */
  helloMs: number;
  countdownMs: number;
  /** By so much she puts a countdown off who needs longer to get into place. */
  waitMs: number;
  /** A turn at the shop's pace. */
  takeMs: number;
  goodbyeMs: number;
}

/** As on a shop's floor. */
export const TIMING: Timing = {
  leaveMs: 2700,
  warnMs: 60_000,
  graceMs: 20_000,
  lockMs: 600_000,
  helloMs: 20_000,
  countdownMs: 3000,
  waitMs: 10_000,
  takeMs: 8000,
  goodbyeMs: 4000,
};

/** In a cubicle, where nobody touches anything while she changes, and nobody is seen to leave. */
export const CUBICLE_TIMING: Timing = { ...TIMING, warnMs: 180_000, graceMs: 30_000 };

/** Idleness can be put off so often. */
export const MAX_EXTENSIONS = 10;

/** Looks of one session, in turns at the shop's pace: a look at a slower one counts for as many. It is up to 64 s of video on disk. */
export const MAX_LOOKS = 8;

/** Scanned articles of one session. */
export const MAX_TRIED = 24;
