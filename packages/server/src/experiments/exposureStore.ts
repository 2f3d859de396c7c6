import { granted, type TimedEvent } from "@vitrine/core";
import type { Database } from "../stores/database.ts";

/** The first time that somebody was shown a variant. */
export interface FirstExposure {
  identity: string;
  variant: string;
  /** ms since 1970. */
  at: number;
  /** They were shown another variant too: their device's id changed, or the split did. */
  isMixed: boolean;
}

/** Who was shown what, for the results of rules. */
export interface ExposureStore {
  /** Notes `Content Shown` with a variant, where analytics were granted; passes over all else. In the transaction of the event. */
  note(siteId: string, identity: string, event: TimedEvent): void;
  /** By identity, after `after`, in versions from `since` on. */
  page(siteId: string, rule: string, page: { since: number; after: string; limit: number }): FirstExposure[];
  erase(siteId: string, identity: string): void;
  /** Forgets what is older. */
  prune(olderThan: number): void;
}

/** Longest name of a rule or a variant: publishing allows none longer (`readName`). */
const MAX_NAME = 64;

/** Opens the store. */
export function createExposureStore({ sql }: Database): ExposureStore {
  return {
    erase: (siteId, identity) =>
      void sql("DELETE FROM exposures WHERE site_id = ? AND identity = ?").run(siteId, identity),
    prune: (olderThan) => void sql("DELETE FROM exposures WHERE at < ?").run(olderThan),
    note(siteId, identity, event) {
      if (event.event !== "Content Shown" || !granted(event, "analytics")) return;
      const { rule, variant, version } = event.properties;
      if (!isName(rule) || !isName(variant) || !Number.isSafeInteger(version)) return;
      // A late event may tell of an earlier time.
      sql(
        "INSERT INTO exposures (site_id, identity, rule, version, variant, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET variant = excluded.variant, at = excluded.at WHERE excluded.at < at",
      ).run(siteId, identity, rule, version as number, variant, event.time);
    },
    page(siteId, rule, { since, after, limit }) {
      const rows = sql(
        "SELECT identity, min(at) AS at, min(variant) AS variant, max(variant) AS other FROM exposures WHERE site_id = ? AND rule = ? AND identity > ? AND version >= ? GROUP BY identity ORDER BY identity LIMIT ?",
      ).all(siteId, rule, after, since, limit) as {
        identity: string;
        at: number;
        variant: string;
        other: string;
      }[];
      return rows.map(({ other, ...first }) => ({ ...first, isMixed: other !== first.variant }));
    },
  };
}

const isName = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= MAX_NAME;
