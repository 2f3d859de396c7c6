import type { IdentityRef } from "../api/types.ts";
import { strings } from "../strings.ts";

const LOCALE = "en";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const numbers = new Intl.NumberFormat(LOCALE);
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto", style: "long" });
const days = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const moments = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "medium" });
const clocks = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** `12345` as `12,345`. */
export const formatNumber = (n: number): string => numbers.format(n);

/** A price; without a currency just the number. */
export function formatMoney(value: number, currency: string | undefined): string {
  try {
    return new Intl.NumberFormat(LOCALE, currency ? { style: "currency", currency } : {}).format(value);
  } catch {
    return `${numbers.format(value)} ${currency}`; // not an ISO 4217 code
  }
}

/** How long ago: `3 minutes ago`, within a month; then the date. */
export function formatAgo(time: number, now: number): string {
  const age = now - time;
  const size = Math.abs(age);
  if (size < 5_000) return strings.common.now;
  if (size < MINUTE_MS) return relative.format(-Math.round(age / 1000), "second");
  if (size < HOUR_MS) return relative.format(-Math.round(age / MINUTE_MS), "minute");
  if (size < DAY_MS) return relative.format(-Math.round(age / HOUR_MS), "hour");
  if (size < 30 * DAY_MS) return relative.format(-Math.round(age / DAY_MS), "day");
  return days.format(time);
}

/** Date and time to the second, for tooltips and tables. */
export const formatMoment = (time: number): string => moments.format(time);

/** The day. */
export const formatDay = (time: number): string => days.format(time);

/** Hour and minute. */
export const formatClock = (time: number): string => clocks.format(time);

const bytes = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

/** Bytes of a disk, in the units that disks are sold in. */
export const formatDisk = (n: number): string =>
  n < 1e9 ? `${bytes.format(n / 1e6)} MB` : `${bytes.format(n / 1e9)} GB`;

/** How long something has run, in its largest unit: `3 hours`. */
export function formatDuration(seconds: number): string {
  const [size, unit] =
    seconds < 60
      ? [1, "second"]
      : seconds < 3_600
        ? [60, "minute"]
        : seconds < 86_400
          ? [3_600, "hour"]
          : [86_400, "day"];
  return new Intl.NumberFormat(LOCALE, { style: "unit", unit, unitDisplay: "long" }).format(
    Math.floor(seconds / size),
  );
}

/** A share as a percentage. */
export const formatShare = (share: number): string => `${numbers.format(Math.round(share * 1000) / 10)} %`;

/** A share to two places: as fine as people can be told apart by bucketing. */
export const formatFineShare = (share: number): string =>
  `${numbers.format(Math.round(share * 10_000) / 100)} %`;

/** A share to two places, never rounded up: only all of it is 100 %. */
export const formatShareDown = (part: number, whole: number): string =>
  `${numbers.format(Math.floor((part / whole) * 10_000) / 100)} %`;

/** An identity short enough for a line: our own random ids say nothing, so their beginning is enough. */
export function shortIdentity({ namespace, id }: IdentityRef): string {
  if (namespace === "anonymous") return id.length > 12 ? `${id.slice(0, 9)}…` : id;
  const text = id.length > 28 ? `${id.slice(0, 27)}…` : id;
  return namespace === "user" ? text : `${namespace} ${text}`;
}

/** One or two letters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/^d_/, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return (words.length > 1 ? words[0]![0]! + words[1]![0]! : (words[0] ?? "?").slice(0, 2)).toUpperCase();
}

/** A channel in the merchant's words; where none was named, it is the web. */
export const channelWord = (channel: string | null): string =>
  strings.channels[channel ?? "web"] ?? String(channel);
