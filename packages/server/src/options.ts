import { resolve } from "node:path";
import type { Logger } from "pino";

/** How a shop's server signs proofs; exactly one algorithm and key for a site. */
export type ProofKey =
  | { alg: "HS256"; secret: string }
  | { alg: "ES256" | "RS256"; jwk: Record<string, unknown> };

/** Bounds of what one request, key or device may ask for. All have defaults. */
export interface Limits {
  /** Bytes of a body as it travels, and after inflating. */
  maxBodyBytes: number;
  maxEvents: number;
  /** Nesting of a JSON body. */
  maxDepth: number;
  /** Event requests worked on at once, bodies in memory; beyond it new ones are shed with 503. */
  maxQueue: number;
  /** Requests a second, sustained, for one key from one address and device; bursts may be ten times that. */
  requestsPerSecond: number;
  /** Events a second, sustained, for one device; bursts as above. */
  eventsPerSecond: number;
  /** Time a client has to send a request completely. */
  requestTimeoutMs: number;
  /** Fold rows kept in memory. */
  maxRows: number;
  /** Open streams. */
  maxStreams: number;
  /** Bytes of one hand-off from a mirror to a phone, all its parts together. */
  maxHandoffBytes: number;
  /** Bytes of all hand-offs that wait for their phones. */
  maxWaitingBytes: number;
}

/** Options of {@link createVitrine}; only `dataDir` is required. */
export interface VitrineOptions {
  /** Folder for the database and key files; created with mode 0700. */
  dataDir: string;
  /** Path prefix of the API; `/v1`. */
  prefix?: string;
  /** Origins that may use the site key from a page, such as `https://shop.example`; empty: any, without credentials. */
  origins?: readonly string[];
  /** `Domain` of the first-party cookie; host-only when absent. */
  cookieDomain?: string;
  proof?: ProofKey;
  /** Address under which browsers reach this server, for links; no trailing slash. */
  publicUrl?: string;
  /**
   * The page of the shop's own origin on which a phone pairs with a kiosk, such as `https://shop.example/mirror`; the
   * server's own, which knows no profile, when absent.
   */
  mirrorPage?: string;
  /** Days the log is kept; for ever when absent. */
  logDays?: number;
  /** Take the client's address from the last entry of `X-Forwarded-For`. */
  trustProxy?: boolean;
  /** Header in which that proxy writes the visitor's country, such as `CF-IPCountry`; needs `trustProxy`. Without it no rule knows of any. */
  countryHeader?: string;
  /** Header in which it writes the region within the country, such as `CF-Region-Code`; needs `countryHeader`. */
  regionHeader?: string;
  /** Folder with the SDK bundle served under `/v/`. */
  bundleDir?: string;
  /** False: whoever asks for the service worker gets one that removes itself and its caches. */
  serviceWorker?: boolean;
  /** Folder with the built console. */
  consoleDir?: string;
  /** Folder with the built page by which a phone takes looks home from a mirror. */
  phoneDir?: string;
  limits?: Partial<Limits>;
  /** Time between two checkpoints of fold rows. */
  checkpointMs?: number;
  /** ms since 1970; a test hands in its own. */
  clock?: () => number;
  random?: (bytes: number) => Buffer;
  log?: Logger;
  /** Called when the disk can no longer be trusted; must not return to business. Exits by default. */
  onFatal?: (error: Error) => void;
}

/** Options with every default filled in. */
export type Settings = Required<
  Omit<VitrineOptions, Unset | "log" | "limits" | "clock" | "random" | "onFatal">
> &
  Pick<VitrineOptions, Unset> & { limits: Limits };

/** What stays absent where nobody says it. */
type Unset = "cookieDomain" | "proof" | "mirrorPage" | "logDays" | "countryHeader" | "regionHeader";

/** Default bounds. */
export const LIMITS: Limits = {
  maxBodyBytes: 500_000,
  maxEvents: 500,
  maxDepth: 40,
  maxQueue: 500,
  requestsPerSecond: 200,
  eventsPerSecond: 1_000,
  requestTimeoutMs: 15_000,
  maxRows: 20_000,
  maxStreams: 20_000,
  maxHandoffBytes: 120e6,
  maxWaitingBytes: 2e9,
};

/** Fills in the defaults. */
export function resolveOptions(options: VitrineOptions): Settings {
  const { cookieDomain, proof, mirrorPage, logDays, countryHeader, regionHeader } = options;
  checkGeo(options);
  return {
    dataDir: resolve(options.dataDir),
    prefix: normalPrefix(options.prefix ?? "/v1"),
    origins: options.origins ?? [],
    publicUrl: options.publicUrl ?? "http://127.0.0.1:8080",
    trustProxy: options.trustProxy ?? false,
    bundleDir: options.bundleDir ?? resolve(import.meta.dirname, "../../browser/dist/bundle"),
    serviceWorker: options.serviceWorker ?? true,
    consoleDir: options.consoleDir ?? resolve(import.meta.dirname, "../../console/dist/bundle"),
    phoneDir: options.phoneDir ?? resolve(import.meta.dirname, "../../../kiosk/dist/phone"),
    checkpointMs: options.checkpointMs ?? 5_000,
    limits: { ...LIMITS, ...options.limits },
    ...(cookieDomain === undefined ? {} : { cookieDomain }),
    ...(proof === undefined ? {} : { proof }),
    ...(mirrorPage === undefined ? {} : { mirrorPage }),
    ...(logDays === undefined ? {} : { logDays }),
    ...(countryHeader === undefined ? {} : { countryHeader }),
    ...(regionHeader === undefined ? {} : { regionHeader }),
  };
}

function normalPrefix(prefix: string): string {
  if (!/^\/[\w\-/]*[\w-]$/.test(prefix)) {
    throw new Error(`prefix must look like /v1 (letters, digits, - and _), got ${JSON.stringify(prefix)}`);
  }
  return prefix;
}

/** Without a proxy in front a visitor could write such a header. */
function checkGeo({ trustProxy, countryHeader, regionHeader }: VitrineOptions): void {
  if (countryHeader !== undefined && !trustProxy)
    throw new Error(
      "countryHeader (--country-header) needs trustProxy (--trust-proxy 1): without a proxy in front, visitors could write it.",
    );
  if (regionHeader !== undefined && countryHeader === undefined)
    throw new Error(
      "regionHeader (--region-header) needs countryHeader (--country-header): a region's code says nothing without its country.",
    );
}
