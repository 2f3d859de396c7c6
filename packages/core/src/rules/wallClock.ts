/** By zone, since making one takes forty times as long as using it. */
const formats = new Map<string | undefined, Intl.DateTimeFormat>();

/**
 * What a clock on the wall shows at an instant.
 * @param timeZone an IANA name; this machine's own zone where absent
 * @returns a date whose UTC fields are the wall's, to the minute; undefined where this engine knows no such zone
 */
export function wallClock(now: number, timeZone: string | undefined): Date | undefined {
  try {
    const format = formats.get(timeZone) ?? formatOf(timeZone);
    // Not the machine's own: a device may travel while a page is open.
    if (timeZone) formats.set(timeZone, format);
    const [month, day, year, hour, minute] = format.format(now).match(/\d+/g)!.map(Number);
    return new Date(Date.UTC(year!, month! - 1, day, hour, minute));
  } catch {
    return undefined; // RangeError: a name that is none, or newer than the engine
  }
}

/** Tells whether there is a time zone of this name. Offsets are none: engines differ on them. */
export function isTimeZone(name: unknown): name is string {
  return typeof name === "string" && /^[a-z]/i.test(name) && !!wallClock(0, name);
}

const n = "numeric";

const formatOf = (timeZone: string | undefined) =>
  new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: n,
    month: n,
    day: n,
    hour: n,
    minute: n,
  });
