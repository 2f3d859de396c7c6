import { isObject } from "../event/event.ts";

/** Why a shopper's time at a mirror ended. */
export type SessionEnd = "done" | "left" | "idle" | "expired" | "replaced" | "command";

/**
 * What happens at a mirror, as its page tells it: numbers of things and of articles, and never a picture, a pose or a
 * word about the person. The server adds what the catalogue knows of an article.
 */
export type TryOnEvent =
  | { name: "Mirror Session Started" }
  | { name: "Mirror Session Ended"; reason: SessionEnd; looks: number }
  /** `look`: the first of the session is 1. */
  | { name: "Look Recorded"; look: number }
  | { name: "Looks Compared"; by: "angle" | "time" }
  /** `code`: a GTIN, or the shop's own number. */
  | { name: "Label Scanned"; code: string }
  | { name: "Product Viewed"; sku: string }
  /** A look was tagged with an article. */
  | { name: "Product Tried On"; sku: string }
  | { name: "Size Requested"; sku: string; size: string }
  | { name: "Looks Handed Off"; looks: number }
  | { name: "Looks Taken Home"; looks: number }
  /** What was scanned in a cubicle, as a list. */
  | { name: "List Handed Off"; articles: number }
  | { name: "List Taken Home"; articles: number };

/** Names of {@link TryOnEvent}. */
export type TryOnName = TryOnEvent["name"];

type Check = (value: unknown) => boolean;

const ENDS: readonly unknown[] = [
  "done",
  "left",
  "idle",
  "expired",
  "replaced",
  "command",
] satisfies SessionEnd[];
const MAX_COUNT = 1000;

const count: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_COUNT;
const number = (max: number): Check => {
  const pattern = new RegExp(`^[^\\p{C}]{1,${max}}$`, "u");
  return (value) => typeof value === "string" && pattern.test(value);
};
const sku = number(80);

/** Every event with the fields it has. */
const FIELDS: Record<TryOnName, Record<string, Check>> = {
  "Mirror Session Started": {},
  "Mirror Session Ended": { reason: (value) => ENDS.includes(value), looks: count },
  "Look Recorded": { look: count },
  "Looks Compared": { by: (value) => value === "angle" || value === "time" },
  "Label Scanned": { code: number(80) },
  "Product Viewed": { sku },
  "Product Tried On": { sku },
  "Size Requested": { sku, size: number(40) },
  "Looks Handed Off": { looks: count },
  "Looks Taken Home": { looks: count },
  "List Handed Off": { articles: count },
  "List Taken Home": { articles: count },
};

/** All names. */
export const TRY_ON_NAMES = Object.keys(FIELDS) as TryOnName[];

/** Reads a try-on event; undefined for whatever has another name, another field, or a field that is not as it should be. */
export function parseTryOn(value: unknown): TryOnEvent | undefined {
  if (!isObject(value)) return undefined;
  const { name } = value;
  if (typeof name !== "string" || !Object.hasOwn(FIELDS, name)) return undefined;
  const checks = Object.entries(FIELDS[name as TryOnName]);
  const isWhole =
    Object.keys(value).length === checks.length + 1 &&
    checks.every(([field, isGood]) => Object.hasOwn(value, field) && isGood(value[field]));
  // A copy with named fields: nothing else of what came goes on.
  return isWhole
    ? (Object.fromEntries([["name", name], ...checks.map(([field]) => [field, value[field]])]) as TryOnEvent)
    : undefined;
}
