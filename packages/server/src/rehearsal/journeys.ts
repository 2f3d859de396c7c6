import type { TimedEvent } from "@vitrine/core";
import { decodeEntry, isEvent } from "../ingest/logEntry.ts";
import type { Services } from "../services.ts";

/** Events of one person that are gone through: who has more is a robot or a till. */
const MAX_EVENTS = 5_000;

/** Devices seen since a time, at most `limit`: ids are hashes, so the first ones by id are a sample without a bent. */
export function identitiesSince(
  { database }: Pick<Services, "database">,
  siteId: string,
  from: number,
  limit: number,
): string[] {
  const rows = database
    .sql(
      "SELECT identity FROM profiles WHERE site_id = ? AND identity >= 'anonymous:' AND identity < 'anonymous;' AND seen_at >= ? ORDER BY identity LIMIT ?",
    )
    .all(siteId, from, limit);
  return rows.map((row) => row["identity"] as string);
}

/** What one person did, oldest first, from the log. */
export function journeyOf(
  { collector }: Pick<Services, "collector">,
  siteId: string,
  members: readonly string[],
): TimedEvent[] {
  return members
    .flatMap((member) => collector.log.before(siteId, member, Number.MAX_SAFE_INTEGER, MAX_EVENTS))
    .flatMap(({ body }) => decodeEntry(body).items.filter(isEvent))
    .sort((a, b) => a.time - b.time || (a.messageId < b.messageId ? -1 : 1))
    .slice(-MAX_EVENTS);
}
