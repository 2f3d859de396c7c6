import type { TestContext } from "node:test";
import type { Account } from "./checkDelivery.ts";

/** What a trial started and must end; a node test's context is one. */
export type Scope = Pick<TestContext, "after">;

/** What a trial found. */
export interface Outcome {
  /** How many faults it produced: kills, dropped answers, navigations … */
  faults: number;
  /** Of the events; absent where a row is not about them. */
  account?: Account;
  /** Promises of this row that were broken, besides those of the account. */
  violations?: string[];
  /** Figures to print, such as `requests`; of several trials the largest is kept. */
  figures?: Record<string, number>;
}

/** How often something is tried: inside `npm test`, and in a long run. */
export interface Trials {
  ci: number;
  full: number;
}

/** A fault that the delivery, a page with rules, or the mirror must survive. */
export interface FaultRow {
  /** As in the table of faults: `A1`; those of rules begin with `C`, the mirror's with `E`. */
  id: string;
  about: string;
  trials: Trials;
  /** One trial, independent of all others; `trial` counts from 0 and is its seed. */
  run: (trial: number, scope: Scope) => Promise<Outcome>;
  /** The same with the protection off: over its trials together, promises must break. */
  control?: Pick<FaultRow, "about" | "trials" | "run">;
  /** Why this machine cannot do it; undefined when it can. */
  unavailable?: () => Promise<string | undefined>;
}
