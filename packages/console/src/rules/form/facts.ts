import type { JsonObject } from "@vitrine/core";
import { RETURNING } from "./conditionTree.ts";

/** What a merchant may ask of a visitor or a page, each by a word of the merchant's. */
export type Fact = ChoiceFact | ValueFact | CountFact | ClockFact;

/** What the values typed most often come from. */
export type Suggested = "categories" | "paths" | "stores" | "languages" | "segments" | "queries" | "brands";

/** One of a few answers, each with what it stands for. */
export interface ChoiceFact {
  id: string;
  kind: "choice";
  choices: Readonly<Record<string, JsonObject>>;
}

/** A value that is compared. `{key}` in its path is for the merchant to name. */
export interface ValueFact {
  id: string;
  kind: "text" | "number";
  path: string;
  operators: readonly Operator[];
  suggested?: Suggested;
  /** Where the names for `{key}` come from. */
  suggestedKeys?: Suggested;
}

/** How often something happened, within a window. */
export interface CountFact {
  id: string;
  kind: "count";
  path: string;
  suggestedKeys?: Suggested;
}

/** What the clock of a zone shows; the zone stands for `{key}`. */
export type ClockFact = { id: string; path: string } & ({ kind: "hours" } | { kind: "weekdays" });

/** How a value is compared. */
export type Operator =
  | "is"
  | "isNot"
  | "oneOf"
  | "noneOf"
  | "known"
  | "unknown"
  | "begins"
  | "moreThan"
  | "atLeast"
  | "atMost"
  | "lessThan";

/** The windows that counts are kept for, as the profile names them. */
export const WINDOWS = ["day7", "day30", "total"] as const;

const TEXT: readonly Operator[] = ["is", "isNot", "oneOf", "noneOf", "known", "unknown"];
const NUMBER: readonly Operator[] = ["atLeast", "lessThan", "moreThan", "atMost", "is"];

/** Narrower than most tablets held upright. */
const PHONE_WIDTH = 768;

/** All facts, in the order in which they are offered. Where two could show a condition, the first one does. */
export const FACTS: readonly Fact[] = [
  {
    id: "visitor",
    kind: "choice",
    choices: {
      returning: RETURNING,
      known: { "profile.firstSeen": { $exists: true } },
      new: { "profile.firstSeen": { $exists: false } },
    },
  },
  { id: "viewed", kind: "count", path: "profile.categories.{key}", suggestedKeys: "categories" },
  {
    id: "bought",
    kind: "choice",
    choices: { no: { "profile.orderCount": 0 }, yes: { "profile.orderCount": { $gt: 0 } } },
  },
  { id: "ordered", kind: "count", path: "profile.counters.Order Completed" },
  { id: "orders", kind: "number", path: "profile.orderCount", operators: NUMBER },
  {
    id: "lookedBefore",
    kind: "choice",
    choices: {
      yes: { "profile.lastViewed.category": { $exists: true } },
      no: { "profile.lastViewed.category": { $exists: false } },
    },
  },
  {
    id: "lastCategory",
    kind: "text",
    path: "profile.lastViewed.category.id",
    operators: TEXT,
    suggested: "categories",
  },
  { id: "cartCount", kind: "number", path: "profile.cart.count", operators: NUMBER },
  { id: "cartValue", kind: "number", path: "profile.cart.value", operators: NUMBER },
  {
    id: "visit",
    kind: "choice",
    choices: { begins: { "session.isNew": true }, goesOn: { "session.isNew": false } },
  },
  { id: "hour", kind: "hours", path: "time.{key}.hour" },
  { id: "weekday", kind: "weekdays", path: "time.{key}.weekday" },
  { id: "date", kind: "text", path: "time.{key}.date", operators: ["is", "oneOf", "isNot", "noneOf"] },
  { id: "segment", kind: "text", path: "$segment", operators: ["is"], suggested: "segments" },
  {
    id: "path",
    kind: "text",
    path: "page.path",
    operators: ["is", "oneOf", "begins", "isNot"],
    suggested: "paths",
  },
  {
    id: "query",
    kind: "text",
    path: "page.query.{key}",
    operators: ["is", "oneOf", "known", "unknown"],
    suggestedKeys: "queries",
  },
  {
    id: "language",
    kind: "text",
    path: "page.language",
    operators: ["is", "oneOf", "isNot", "begins"],
    suggested: "languages",
  },
  {
    id: "articleCategory",
    kind: "text",
    path: "page.product.category",
    operators: TEXT,
    suggested: "categories",
  },
  { id: "articleBrand", kind: "text", path: "page.product.brand", operators: TEXT, suggested: "brands" },
  {
    id: "device",
    kind: "choice",
    choices: {
      phone: { "device.width": { $lt: PHONE_WIDTH } },
      wide: { "device.width": { $gte: PHONE_WIDTH } },
    },
  },
  {
    id: "touch",
    kind: "choice",
    choices: { yes: { "device.touch": true }, no: { "device.touch": false } },
  },
  {
    id: "channel",
    kind: "choice",
    choices: {
      web: { channel: "web" },
      app: { channel: "app" },
      store: { channel: "store" },
      pos: { channel: "pos" },
    },
  },
  { id: "country", kind: "text", path: "geo.country", operators: TEXT },
  { id: "region", kind: "text", path: "geo.region", operators: TEXT },
  { id: "width", kind: "number", path: "device.width", operators: NUMBER },
  { id: "store", kind: "text", path: "profile.stores.preferred", operators: TEXT, suggested: "stores" },
  { id: "visitedStore", kind: "count", path: "profile.stores.visited.{key}", suggestedKeys: "stores" },
  { id: "trait", kind: "text", path: "profile.traits.{key}", operators: TEXT },
];

/** A fact by its id. */
export function factOf(id: string): Fact {
  const fact = FACTS.find((one) => one.id === id);
  if (!fact) throw new RangeError(`no fact ${id}`);
  return fact;
}

/** Tells whether what a merchant names is a time zone. */
export const hasZone = (fact: Fact): boolean => fact.kind !== "choice" && fact.path.startsWith("time.");

/** Tells whether a merchant names what a fact is about. */
export const hasKey = (fact: Fact): boolean => fact.kind !== "choice" && fact.path.includes("{key}");
