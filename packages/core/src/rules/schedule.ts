import type { Schedule } from "./ruleset.ts";

/**
 * The bounds of a schedule in ms since 1970, `to` exclusive; absent means open.
 * @throws RangeError for a date or time zone that does not exist: the rule is then disabled, not shown for ever.
 */
export function scheduleBounds(schedule: Schedule = {}): { from?: number; to?: number } {
  const zone = schedule.timeZone ?? "UTC";
  return {
    ...(schedule.from ? { from: instant(schedule.from, zone) } : {}),
    ...(schedule.to ? { to: instant(schedule.to, zone) } : {}),
  };
}

/** An ISO instant as it is; a bare date is midnight in the zone. */
function instant(text: string, timeZone: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RangeError(text);
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return time;
  // The offset before a clock change may not be the one after it, hence the second look.
  const guess = time - offsetMs(time, timeZone);
  return time - offsetMs(guess, timeZone);
}

/** How far the zone's wall clock is ahead of UTC at an instant. */
function offsetMs(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(time);
  const of = (type: string) => Number(parts.find((part) => part.type === type)!.value);
  return (
    Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute")) -
    Math.floor(time / 60_000) * 60_000
  );
}
