import type { RecordingServer } from "../recordingServer.ts";
import type { Shopper, Tab } from "../shopper.ts";

/** Numbered events of a scenario, where it does not say otherwise. */
export const EVENTS = 500;

/** Longest that a page may take for its calls; libraries that get slower the more is queued may not make them all. */
export const MAX_CALLS_MS = 40_000;

/** What a scenario plays on. */
export interface Stage {
  server: Pick<RecordingServer, "setMode">;
  /** Opens the shopper's browser, always on the same profile; one at a time. */
  open: () => Promise<Shopper>;
  /** Runs a part in which time counts while no other cell runs such a part. */
  alone: <T>(part: () => Promise<T>) => Promise<T>;
  /** Fewer events, shorter outages. */
  isQuick: boolean;
}

/** How a scenario ended, with the server up. */
export interface Outcome {
  /** Calls that were made. */
  created: number;
  /** The pages in which the shopper goes on. */
  tabs: Tab[];
}

/** One fault. */
export interface Scenario {
  name: string;
  /** As the table names it. */
  about: string;
  play: (stage: Stage) => Promise<Outcome>;
}
