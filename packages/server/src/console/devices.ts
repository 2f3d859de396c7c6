import { closedCount, gaps, sizeOfRanges, type Channel, type Ranges } from "@vitrine/core";
import { missingCount, unsettledCount, type Row } from "../ingest/row.ts";
import { rulesetsOf } from "../rules/rulesetsOf.ts";
import type { Services } from "../services.ts";

/** One line of the list of devices. */
export interface DeviceRow {
  /** The anonymous id that the device certifies. */
  id: string;
  lastSeen: number;
  channel: Channel | null;
  /** Events that were still stored on it when it last spoke; null when it does not say. */
  queued: number | null;
  /** Version of the ruleset that it goes by; null when it does not say. */
  rules: number | null;
  /** Events that it dropped and reported. */
  dropped: number;
  /** Events of finished page loads that never came. */
  missing: number;
  /** Skipped so far by page loads that are not finished, and not said to be stored. */
  unsettled: number;
}

/** One device, all of it. */
export interface DeviceDetails extends DeviceRow {
  /** Page loads that were followed. */
  writers: number;
  drops: Record<string, number>;
  /** Finished page loads with events that never came. */
  gaps: { writer: string; count: number; missing: Ranges }[];
  /** Version of the ruleset that is live. */
  published: number | null;
}

const NAMESPACE = "anonymous:";

/** Ids of devices that certify themselves; whatever else reported a loss is none. */
const DEVICE = `${NAMESPACE}d_`;

/** Gaps that are shown of one device, and bounds of ranges of each. */
const MAX_GAPS = 50;
const MAX_BOUNDS = 40;

/** Log rows looked at for one page of the list; whoever came often fills many. */
const MAX_LIST_ROWS = 5_000;
const LIST_ROWS_AT_ONCE = 500;

/**
 * Devices by when they last spoke. A device stands at its newest log row, so a page may begin at any row and none comes
 * twice.
 * @param before a batch id, from `next`
 * @param isTroubled only devices with events that are not here
 */
export function listDevices(
  { collector, database }: Services,
  siteId: string,
  {
    before = Number.MAX_SAFE_INTEGER,
    limit,
    isTroubled,
  }: { before?: number | undefined; limit: number; isTroubled: boolean },
): { items: DeviceRow[]; next: string | null } {
  const select = database.sql(
    "SELECT batch_id, identity FROM log WHERE site_id = ? AND batch_id < ? ORDER BY batch_id DESC LIMIT ?",
  );
  const items: DeviceRow[] = [];
  let cursor = before;
  for (let read = 0; read < MAX_LIST_ROWS; read += LIST_ROWS_AT_ONCE) {
    const found = select.all(siteId, cursor, LIST_ROWS_AT_ONCE);
    for (const { batch_id, identity } of found) {
      cursor = Number(batch_id);
      const row = collector.rows.read(siteId, identity as string);
      const device = row?.batchId === cursor ? deviceOf(identity as string, row) : undefined;
      if (device && (!isTroubled || isInTrouble(device))) items.push(device);
      if (items.length === limit) return { items, next: String(cursor) };
    }
    if (found.length < LIST_ROWS_AT_ONCE) return { items, next: null };
  }
  return { items, next: String(cursor) };
}

/** Reads one device; undefined when nothing is known of it. */
export function readDevice(services: Services, siteId: string, id: string): DeviceDetails | undefined {
  const identity = NAMESPACE + id;
  const row = services.collector.rows.read(siteId, identity);
  const device = row && deviceOf(identity, row);
  if (!device) return undefined;
  const { writers } = row.received;
  return {
    ...device,
    writers: Object.keys(writers).length + closedCount(row.received),
    drops: dropsOf(row),
    gaps: gaps(row.received)
      .slice(-MAX_GAPS)
      .map(({ id: writer, missing }) => ({
        writer,
        count: sizeOfRanges(missing),
        missing: missing.slice(0, MAX_BOUNDS),
      })),
    published: publishedVersion(services, siteId),
  };
}

/** Version of the ruleset that is live. */
export function publishedVersion(services: Services, siteId: string): number | null {
  return rulesetsOf(services).current(siteId)?.version ?? null;
}

const dropsOf = ({ device }: Row): Record<string, number> =>
  Object.fromEntries(Object.entries(device?.dropped ?? {}).filter(([, count]) => count > 0));

function deviceOf(identity: string, row: Row): DeviceRow | undefined {
  const { device, seenAt, received } = row;
  if (!device || !identity.startsWith(DEVICE)) return undefined;
  return {
    id: identity.slice(NAMESPACE.length),
    lastSeen: seenAt,
    channel: device.channel ?? null,
    queued: device.queued ?? null,
    rules: device.rules ?? null,
    dropped: Object.values(dropsOf(row)).reduce((sum, count) => sum + count, 0),
    missing: missingCount(received),
    unsettled: unsettledCount(row),
  };
}

const isInTrouble = ({ queued, dropped, missing, unsettled }: DeviceRow) =>
  (queued ?? 0) + dropped + missing + unsettled > 0;
