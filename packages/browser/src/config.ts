import type { Channel, ConsentState, Purpose } from "@vitrine/core";
import type { Platform } from "./platform.ts";

/** Words for some or all purposes; a single word stands for all but `camera`. */
export type ConsentWords = "granted" | "denied" | Partial<Record<Purpose, ConsentState>>;

/** How a shop sets the SDK up. */
export interface Config {
  /** The public site key, `vs_…`. */
  site: string;
  /** Where the collector answers, with its path prefix: `https://vitrine.shop.example/v1`. */
  endpoint: string;
  /**
   * The site's public rules key: the raw P-256 point, 65 bytes base64url; while keys change several, separated by spaces. Without it no
   * rules are applied.
   */
  rulesKey?: string;
  /** What holds until the person says something; `pending` where absent. */
  consent?: ConsentWords | "pending";
  /** True: come back as the same device from a first-party cookie when the storage was emptied. */
  cookie?: boolean;
  /** True: log what happens, a line each. */
  debug?: boolean;
  /** Where this page runs; `web` where absent. */
  channel?: Channel;
  /** The shop it stands in, for `store`. */
  store?: { id: string };
  /** Bytes of events kept at most, 5 MB where absent, and never over a tenth of what the browser offers. */
  maxBytes?: number;
  /** Name of the data layer array, or false. */
  dataLayer?: string | false;
  /** False: no automatic page views. */
  pageViews?: boolean;
  /** False: only track; the script for profile, rules, slots and prefill is not loaded. */
  personal?: boolean;
  /** For tests: parts of the platform. */
  platform?: Partial<Platform>;
}
