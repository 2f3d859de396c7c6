import { readFileSync } from "node:fs";
import { join } from "node:path";
import { builtNextClicks } from "../recommend/nextClicksOf.ts";
import type { Method, Trial } from "../recommend/tryRecommenders.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";
import type { Services } from "../services.ts";
import { streamsOf } from "../stream/streamsOf.ts";
import { accountingOf, type Accounting } from "./accounting.ts";
import { createMinuteCounts, type MinuteCounts } from "./minuteCounts.ts";

const DAY_MS = 86_400_000;

/** What the console's first page shows. */
export interface Overview {
  site: { id: string; siteKey: string; rulesKey: string };
  /** The tag a shop pastes into its pages. */
  scriptTag: string;
  /** The inline reader that stands above it, and the hash that a Content-Security-Policy allows it by. */
  firstPaint: { tag: string; hash: string } | null;
  accounting: Accounting;
  /** Accepted events of the last 60 minutes, oldest first. */
  perMinute: number[];
  identities: { total: number; day: number };
  /** Pages that are connected to the stream now. */
  streams: number;
  rules: { version: number | null; count: number; hasDraft: boolean };
  /** What shoppers are recommended by, and how it was chosen; null until a page of a rule that recommends has asked. */
  recommender: { by: Method; trial: Trial; at: number } | null;
}

const minutes = new WeakMap<Services, MinuteCounts>();

/** Reads the overview of a site. */
export function overviewOf(services: Services, siteId: string): Overview {
  const { keys, secrets, clock } = services;
  const now = clock();
  const rulesets = rulesetsOf(services);
  const published = rulesets.current(siteId);
  const siteKey =
    keys.list(siteId).find(({ kind, revokedAt }) => kind === "site" && revokedAt === null)?.text ?? "";
  const rulesKey = secrets.rulesKeys.trusted();
  let counts = minutes.get(services);
  if (!counts) minutes.set(services, (counts = createMinuteCounts(services)));
  return {
    site: { id: siteId, siteKey, rulesKey },
    scriptTag: scriptTag(services, siteKey, rulesKey),
    firstPaint: firstPaintOf(services),
    accounting: accountingOf(services, siteId),
    perMinute: counts.read(siteId, now),
    identities: identitiesOf(services, siteId, now),
    streams: streamsOf(services).size,
    rules: {
      version: published?.version ?? null,
      count: published?.rules ?? 0,
      hasDraft: rulesets.draft(siteId) !== undefined,
    },
    recommender: recommenderOf(services, siteId),
  };
}

function recommenderOf(services: Services, siteId: string): Overview["recommender"] {
  const built = builtNextClicks(services, siteId);
  return built ? { by: built.nearest ? "visits" : "rules", trial: built.trial, at: built.version } : null;
}

const readers = new WeakMap<Services, Overview["firstPaint"]>();

/** Read once: a new bundle comes with a restart. Null while the SDK is not built. */
function firstPaintOf(services: Services): Overview["firstPaint"] {
  let reader = readers.get(services);
  if (reader === undefined) {
    try {
      const text = readFileSync(join(services.settings.bundleDir, "first-paint.json"), "utf8");
      const { code, hash } = JSON.parse(text) as { code: string; hash: string };
      reader = { tag: `<script>${code}</script>`, hash };
    } catch {
      reader = null;
    }
    readers.set(services, reader);
  }
  return reader;
}

interface Counted {
  identities: Overview["identities"];
  /** On the monotonic clock, ms. */
  validUntilMs: number;
}

const counted = new WeakMap<Services, Map<string, Counted>>();

/** Counting a million rows keeps the collector waiting, so a count is believed a hundred times as long as it took. */
function identitiesOf(services: Services, siteId: string, now: number): Overview["identities"] {
  let sites = counted.get(services);
  if (!sites) counted.set(services, (sites = new Map()));
  const known = sites.get(siteId);
  const startedMs = performance.now();
  if (known && startedMs < known.validUntilMs) return known.identities;
  const identities = countIdentities(services, siteId, now);
  sites.set(siteId, { identities, validUntilMs: startedMs + 101 * (performance.now() - startedMs) });
  return identities;
}

function countIdentities(
  { database, collector }: Services,
  siteId: string,
  now: number,
): Overview["identities"] {
  const count = (where: string, ...values: number[]) =>
    Number(
      database.sql(`SELECT count(*) AS n FROM profiles WHERE site_id = ?${where}`).get(siteId, ...values)
        ?.n ?? 0,
    );
  const total = count("");
  // Rows are saved seconds after they appear in memory; the first visitor should not have to wait to be counted.
  const { changed } = collector.rows.size();
  return total === 0
    ? { total: changed, day: changed }
    : { total, day: count(" AND seen_at >= ?", now - DAY_MS) };
}

function scriptTag({ settings }: Services, siteKey: string, rulesKey: string): string {
  const { publicUrl, prefix } = settings;
  const attributes = [
    `src="${publicUrl}/v/vitrine.js"`,
    `data-site="${siteKey}"`,
    `data-rules-key="${rulesKey}"`,
    ...(prefix === "/v1" ? [] : [`data-endpoint="${publicUrl}${prefix}"`]),
  ];
  return `<script async\n  ${attributes.join("\n  ")}></script>`;
}
