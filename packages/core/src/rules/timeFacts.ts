import type { JsonObject } from "../json.ts";
import type { Rule } from "./ruleset.ts";
import { wallClock } from "./wallClock.ts";

/** What conditions may ask of a time zone, as `time.Europe/Berlin.hour`; `time.local.hour` is the visitor's own clock. */
export interface TimeFact {
  /** 0 to 23. */
  hour: number;
  /** ISO: 1 is Monday, 7 Sunday. */
  weekday: number;
  /** `2026-11-23`, so that later days compare as greater. */
  date: string;
}

/** What rules ask of time, up to the zone's end, for as long as these rules live. */
const asked = new WeakMap<readonly Rule[], string[]>();

const BEGINNING = '"time.';

/**
 * The facts of those time zones that rules name, by zone. A zone that this engine does not know has none.
 * @param local the zone of `local`; this machine's own where absent
 */
export function timeFacts(rules: readonly Rule[], now: number, local?: string): JsonObject {
  let found = asked.get(rules);
  // Any text that looks like a path is taken for one: a zone too many harms nobody.
  if (!found) asked.set(rules, (found = [...new Set(JSON.stringify(rules).match(/"time\.[\w+/-]+/g))]));
  return Object.fromEntries(
    found.map((one) => {
      const zone = one.slice(BEGINNING.length);
      return [zone, factOf(wallClock(now, zone === "local" ? local : zone))];
    }),
  ) as unknown as JsonObject;
}

const factOf = (wall: Date | undefined): TimeFact | undefined =>
  wall && {
    hour: wall.getUTCHours(),
    weekday: wall.getUTCDay() || 7,
    date: wall.toISOString().slice(0, 10),
  };
