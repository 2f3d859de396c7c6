import type { Logger } from "pino";
import type { Audit } from "./audit.ts";
import type { Hub } from "./hub.ts";
import type { Collector } from "./ingest/collector.ts";
import type { Keys } from "./keys.ts";
import type { Metrics } from "./observe/metrics.ts";
import type { Settings } from "./options.ts";
import type { Secrets } from "./site/secrets.ts";
import type { Sites } from "./site/sites.ts";
import type { Database } from "./stores/database.ts";

/** What the collector itself stands on. */
export interface Foundation {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly sites: Sites;
  readonly database: Database;
  readonly keys: Keys;
  readonly audit: Audit;
  readonly hub: Hub;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** ms since 1970. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Buffer;
  /** Ends a process whose disk can no longer be trusted. */
  readonly onFatal: (error: Error) => void;
}

/** What every part of the server is given; nothing is global. */
export interface Services extends Foundation {
  readonly collector: Collector;
}
