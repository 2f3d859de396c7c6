import type { Consent, Ruleset } from "@vitrine/core";
import type { Config } from "./config.ts";
import type { Device } from "./identity/device.ts";
import type { Row } from "./outbox/row.ts";
import type { Personal } from "./personal/index.ts";
import type { Snapshot } from "./personal/snapshot.ts";

/** `boot`: consent or device are not known yet, calls wait in order. The others: see `Gate`. */
export type Phase = "boot" | "pending" | "open" | "refused";

/** The person as the page named them. Stored. */
export interface User {
  id: string;
  /** The user id for which a proof was given on this device, unless the collector refused it. */
  proven?: string | undefined;
}

/** A page load as events name it. */
export interface PageWriter {
  id: string;
  seq: number;
  /** Tells other tabs that this page load is over. */
  _release: () => void;
}

/** Last stored `seq` of a page load, kept until the collector was told that it is finished. */
export interface WriterEntry {
  last: number;
  /** When it was last stored, ms. */
  at: number;
  device?: string | undefined;
}

/**
 * Who sends until when, and when the next attempt may be made. Stored, so that a page view does not start over
 * against a collector that asked for quiet. Times in ms since 1970.
 */
export interface Lease {
  by: string;
  until: number;
  tries: number;
  /** Retry-After: nobody sends before. */
  floor: number;
  /** The next attempt, unless something speaks for an earlier one. */
  next: number;
}

/** How often each rule was shown: the session and how often in it, the day and how often on it, ever. Stored. */
export type ShownCounts = Record<
  string,
  { session: string; inSession: number; day: number; onDay: number; ever: number }
>;

/** What a fold reads of a row, and of an event that this page alone knows, before consent. */
export type Fact = Pick<Row, "text" | "at" | "time">;

/** What the parts of the engine share. */
export interface State {
  _config: Config;
  _phase: Phase;
  _consent: Consent;
  _device?: Device | undefined;
  _user?: User | undefined;
  /** Started by the first event, and anew after the page was frozen. */
  _writer?: PageWriter | undefined;
  /** Absent until its script came. */
  _personal?: Personal | undefined;
  /** The last good ruleset as it is stored, and once it was verified. */
  _signedRules?: unknown;
  _ruleset?: Ruleset;
  _snapshot?: Snapshot | undefined;
  /** Events of this page from before consent: rules may use them, nothing is written. */
  _facts: Fact[];
  _shown: ShownCounts;
  _lease: Lease;
  /** Unacknowledged rows by message id, oldest first, and acknowledged ones that no snapshot contains. */
  _rows: Map<string, Row>;
  _tail: Map<string, Row>;
  _writers: Record<string, WriterEntry>;
  /** Bytes that rows may take. */
  _maxBytes: number;
}

/** A lease that nobody has. */
export const FREE: Lease = { by: "", until: 0, tries: 0, floor: 0, next: 0 };
