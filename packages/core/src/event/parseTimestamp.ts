/** Last millisecond of the year 9999: what a four-digit year can say. */
export const MAX_TIME_MS = 253_402_300_799_999;

/** Numbers below are seconds (until the year 5138), from here on milliseconds (since March 1973). */
const MIN_MILLISECONDS = 1e11;

// Months and days of one digit are in Segment's own examples ("2015-2-02T00:30:08.276Z").
const ISO_8601 = /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(.*)$/;
const ZONE = /^ ?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?$/;

/**
 * Reads a moment as milliseconds since 1970.
 *
 * - Text: ISO 8601 date, or date and time; without a zone UTC, as Segment says. Also seconds (10 digits) or
 *   milliseconds (13 digits) as text.
 * - Numbers: seconds when below 1e11, else milliseconds. Micro- and nanoseconds are refused, not guessed.
 *
 * @returns undefined for anything else: days that do not exist, hour 24, before 1970 or after 9999.
 */
export function parseTimestamp(value: unknown): number | undefined {
  const time = typeof value === "string" ? ofText(value) : typeof value === "number" ? ofNumber(value) : NaN;
  // Adding 0 turns -0 into 0, which JSON would do later.
  return time >= 0 && time <= MAX_TIME_MS ? time + 0 : undefined;
}

function ofNumber(value: number): number {
  if (value < 0) return NaN;
  return Math.round(value < MIN_MILLISECONDS ? value * 1000 : value);
}

function ofText(text: string): number {
  if (text.length > 40) return NaN;
  const usual = ofUsualText(text);
  if (usual >= 0) return usual;
  const match = ISO_8601.exec(text);
  if (!match) return /^(\d{10}|\d{13})$/.test(text) ? ofNumber(Number(text)) : NaN;
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "0", zone = ""] = match;
  const offsetMs = offsetOf(zone);
  const midnight = Date.UTC(+year!, +month! - 1, +day!);
  // A day or month that does not exist rolls over into another.
  const exists = new Date(midnight).getUTCDate() === +day! && +month! >= 1 && +month! <= 12;
  // Second 60 is a leap second; it becomes the first of the next minute.
  if (!exists || +hour > 23 || +minute > 59 || +second > 60) return NaN;
  const inDay = ((+hour * 60 + +minute) * 60 + +second) * 1000 + +fraction.padEnd(3, "0").slice(0, 3);
  return midnight + inDay - offsetMs;
}

/** Reads what `Date.prototype.toISOString` writes, nearly all that comes, at a sixth of the time; NaN for the rest. */
function ofUsualText(text: string): number {
  const isUsual =
    text.length === 24 &&
    text[4] === "-" &&
    text[7] === "-" &&
    text[10] === "T" &&
    text[13] === ":" &&
    text[16] === ":" &&
    text[19] === "." &&
    text[23] === "Z";
  if (!isUsual) return NaN;
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  // Days that some months have not, and leap seconds, are left to the pattern; so is what is no digit.
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59 && second <= 59)) {
    return NaN;
  }
  const midnight = Date.UTC(digits(text, 0, 4), month - 1, day);
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000 + digits(text, 20, 23);
}

/** The number that the characters from `start` up to `end` write, or NaN. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** Milliseconds east of UTC, or NaN. */
function offsetOf(zone: string): number {
  if (zone === "Z" || zone === "") return 0;
  const match = ZONE.exec(zone);
  if (!match) return NaN;
  const [, sign = "+", hours = "0", minutes = "0"] = match;
  if (+hours > 23 || +minutes > 59) return NaN;
  return (sign === "-" ? -1 : 1) * (+hours * 60 + +minutes) * 60_000;
}
