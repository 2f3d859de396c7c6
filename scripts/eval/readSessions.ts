import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readVisits } from "../replay/readVisits.ts";
import type { PastVisit } from "../../packages/server/src/recommend/nearestVisits.ts";

/** Reads visits of a `.txt.gz` with SessionId, ItemId and Time (s since 1970) by tabs, as Serenade's examples are. */
export function readSessions(file: string): PastVisit[] {
  const visits = new Map<string, { id: string; at: number }[]>();
  const lines = gunzipSync(readFileSync(file)).toString("utf8").split(/\r?\n/);
  for (const line of lines.slice(1).filter(Boolean)) {
    const [session, id, time] = line.split("\t");
    if (!session || !id || !time) throw new Error(`${file}: not SessionId, ItemId, Time by tabs: ${line}`);
    const clicks = visits.get(session) ?? [];
    clicks.push({ id, at: Number(time) * 1000 });
    visits.set(session, clicks);
  }
  return [...visits.values()].map((clicks) => {
    clicks.sort((a, b) => a.at - b.at);
    return { at: clicks.at(-1)!.at, items: clicks.map(({ id }) => id) };
  });
}

/** Reads visits of UCI data set 553 (`.csv.gz`); its dates have no time of day. */
export async function readClicks(file: string): Promise<PastVisit[]> {
  const visits: PastVisit[] = [];
  for await (const { day, clicks } of readVisits(file))
    visits.push({ at: day, items: clicks.map(({ model }) => model) });
  return visits;
}
