/** What was promised of a call: by its own promise, which settles once, or told later by any tab. */
export interface Word {
  status: "stored" | "delivered" | "dropped";
  reason: string | undefined;
  tab: string;
}

/** One call of a page, written down where no fault reaches. */
export interface Call {
  n: number;
  tab: string;
  /** When it was made, ms. */
  at: number;
  orderId: string | undefined;
  messageId: string | undefined;
  /** What its promise said. */
  promise: Word | undefined;
}

/** What is known of a tab apart from its own code. */
export interface TabEntry {
  name: string;
  /** It was alive to the end. */
  isAlive: boolean;
  /** From when on it must know what another tab said before, ms. */
  awareFrom: number;
}

/** Consent was withdrawn. */
export interface Withdrawal {
  /** When it was said, and when the tab had said that it is done, ms; infinite when the tab died over it. */
  asked: number;
  at: number;
  tab: string;
  /** False: the database was away, so that the next page cannot know. */
  isStored: boolean;
  /** Secrets of the devices that may send nothing any more. */
  devices: ReadonlySet<string | undefined>;
}

/** The independent log of a simulation. */
export interface Ledger {
  calls: Call[];
  tabs: TabEntry[];
  /** What any tab told of a message, by message id, oldest first. */
  told: Map<string, Word[]>;
  /** Errors that the code under test reported or threw. */
  errors: string[];
  withdrawals: Withdrawal[];
  /** When consent was given again, ms. */
  grants: number[];
  /** When all that was stored was deleted under the pages, ms. */
  wipes: number[];
  /** When everything worked again, ms. */
  mendedAt: number;
}

/** Creates an empty one. */
export function createLedger(): Ledger {
  return {
    calls: [],
    tabs: [],
    told: new Map(),
    errors: [],
    withdrawals: [],
    grants: [],
    wipes: [],
    mendedAt: Infinity,
  };
}
