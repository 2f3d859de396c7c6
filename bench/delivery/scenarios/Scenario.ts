import type { RecordingServer } from "../recordingServer.ts";
import type { Shopper, Tab } from "../shopper.ts";

/** Numbered events of most scenarios. */
export const fiveHundred = (): number => 500;

/** Longest that a page may take for its calls; libraries that get slower the more is queued may not make them all. */
export const MAX_CALLS_MS = 30_000;

/** What a scenario plays on. */
export interface Stage {
  server: Pick<RecordingServer, "setMode">;
  /** Opens the shopper's browser, always on the same profile; one at a time. */
  open: () => Promise<Shopper>;
  /**
   * Runs a part while no other cell runs such a part. A fault begins within it, so that an outage is as long as it is
   * meant to be: the longer one lasts, the longer libraries wait before they try again.
   */
  alone: <T>(part: () => Promise<T>) => Promise<T>;
  /** As many as the scenario said. */
  events: number;
  /** Shorter outages. */
  isQuick: boolean;
}

/** How a scenario ended, with the server up. */
export interface Outcome {
  /** Calls that were made; fewer than the scenario has where the library was too slow for them. */
  created: number;
  /** The pages in which the shopper goes on. */
  tabs: Tab[];
}

/** One fault. */
export interface Scenario {
  name: string;
  /** As the table names it. */
  about: string;
  /** Numbered events that the page is asked to track. */
  events: (isQuick: boolean) => number;
  /** Milliseconds decide it, so no other cell runs meanwhile. */
  isTimed?: boolean;
  play: (stage: Stage) => Promise<Outcome>;
}
