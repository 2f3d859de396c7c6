import { isTimeZone, type Schedule } from "@vitrine/core";
import { readObject, readText, type Cursor } from "./problems.ts";

/** Reads when a rule runs. `to` is exclusive, so a day is from one date to the next. */
export function readSchedule(at: Cursor): Schedule | undefined {
  if (!readObject(at, ["from", "to", "timeZone"])) return undefined;
  const timeZone = at.to("timeZone").value === undefined ? undefined : readTimeZone(at.to("timeZone"));
  const from = readMoment(at.to("from"));
  const to = readMoment(at.to("to"));
  if (from && to && roughInstant(to) <= roughInstant(from)) {
    at.to("to").fail(`Must be later than "from" (${from}); "to" itself no longer counts.`);
  }
  return { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(timeZone ? { timeZone } : {}) };
}

function readTimeZone(at: Cursor): string | undefined {
  const timeZone = readText(at, 64);
  if (timeZone === undefined) return undefined;
  return isTimeZone(timeZone)
    ? timeZone
    : at.fail('Is not a time zone. Write an IANA name such as "Europe/Warsaw".');
}

/** A date as the calendar has it, or an instant with its offset: without one nobody knows when it is. */
function readMoment(at: Cursor): string | undefined {
  const { value } = at;
  if (value === undefined || value === null) return undefined;
  const hint = 'Must be a date such as "2026-11-01" or an instant such as "2026-11-01T08:00:00Z".';
  if (typeof value !== "string") return at.fail(hint);
  const shape = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(value);
  const day = shape?.[1];
  // `2026-02-30` parses as March: only a date that reads back the same exists.
  const exists = day && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  return exists && Number.isFinite(Date.parse(value)) ? value : at.fail(hint);
}

/** Good enough to compare: a time zone moves both ends alike. */
const roughInstant = (moment: string) => Date.parse(moment);
