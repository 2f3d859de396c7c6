import { inRanges, profileView } from "@vitrine/core";
import { readSnapshot, type Target } from "./collector.ts";
import { visitorOf } from "./visitor.ts";

/** What the collector's profiles say, read one by one as each device reads its own. */
export interface ProfilesRead {
  profiles: number;
  productViews: number;
  listViews: number;
  /** Writers of which every event came and that are closed. */
  complete: number;
  /** By session: the category to continue with. */
  lastCategory: Map<string, string>;
}

/** How to read. */
export interface Reading {
  target: Target;
  fileName: string;
  /** By session, the number of events that should have come. */
  sessions: ReadonlyMap<string, { events: number }>;
  concurrency: number;
  signal: AbortSignal;
  onProfile: (read: number) => void;
}

/** Reads the profile of each session's device. */
export async function readProfiles(reading: Reading): Promise<ProfilesRead> {
  const read: ProfilesRead = {
    profiles: 0,
    productViews: 0,
    listViews: 0,
    complete: 0,
    lastCategory: new Map(),
  };
  const source = reading.sessions.entries();
  let done = 0;
  const worker = async () => {
    for (let next = source.next(); !next.done && !reading.signal.aborted; next = source.next()) {
      const [session, { events }] = next.value;
      await readOne(reading, read, session, events);
      reading.onProfile(++done);
    }
  };
  await Promise.all(Array.from({ length: reading.concurrency }, worker));
  return read;
}

async function readOne({ target, fileName }: Reading, read: ProfilesRead, session: string, events: number) {
  const { secret, writerId } = visitorOf(fileName, session);
  const { fold, received, time } = await readSnapshot(target, secret, writerId);
  const { counters, lastViewed } = profileView(fold, time);
  if (fold.newest > 0) read.profiles++;
  read.productViews += counters["Product Viewed"]?.total ?? 0;
  read.listViews += counters["Product List Viewed"]?.total ?? 0;
  const ranges = received[writerId] ?? [];
  // A closed complete writer says it has everything, also what was never sent.
  if (inRanges(ranges, 1) && inRanges(ranges, events) && ranges.length === 2) read.complete++;
  if (lastViewed.category) read.lastCategory.set(session, lastViewed.category.id);
}
