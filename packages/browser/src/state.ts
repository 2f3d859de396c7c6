import type { Consent, Ruleset } from "@vitrine/core";
import type { Device } from "./device.ts";

/** `boot`: consent or device are not known yet, calls wait in order. The others: see `Gate`. */
export type Phase = "boot" | "pending" | "open" | "refused";

/** The person as the page named them. Stored. */
export interface User {
  id: string;
  /** A proof was given for this id, and the collector did not refuse it. */
  proven?: boolean;
}

/** A page load as events name it. */
export interface PageWriter {
  id: string;
  seq: number;
  /** Tells other tabs that this page load is over. */
  _release: () => void;
}

/** What the parts of the engine share; `client.ts` writes it. */
export interface State {
  _phase: Phase;
  _consent: Consent;
  _device: Device | undefined;
  _user: User | undefined;
  /** Started by the first event, and again after the page was frozen. */
  _writer: PageWriter | undefined;
  _ruleset: Ruleset | undefined;
  _shown: ShownCounts;
  /** What the browser offers this origin; infinite until it says. */
  _quotaBytes: number;
}

/** How often each rule was shown, by rule: the session and how often in it, the day and how often on it, ever. Stored. */
export type ShownCounts = Record<
  string,
  { session: string; inSession: number; day: number; onDay: number; ever: number }
>;
