import type { Action } from "@vitrine/core";
import { optional, readInteger, readJson, readObject, readText, readWord, type Cursor } from "./problems.ts";
import { readEcho } from "./readEcho.ts";
import { readSurvey } from "./readSurvey.ts";
import { readUrl } from "./readUrl.ts";
import { readTexts } from "./readTexts.ts";

const MAX_PRODUCTS = 12;
const MAX_VALUE_CHARS = 8_192;

const MAX_ID_CHARS = 64;
const MAX_STORES = 500;
const MAX_STORE_CHARS = 120;

const TEXT_FIELDS = ["title", "text", "label", "href"] as const;

type Type = Action["type"];

/** How one type of action is read: its fields beside `type`, and what it must hold. */
interface Reader<T extends Type> {
  fields: readonly string[];
  read(at: Cursor): Extract<Action, { type: T }> | undefined;
}

/** The action set; a new action is its type in core and its entry here. */
const READERS: { [T in Type]: Reader<T> } = {
  continueCategory: {
    fields: ["limit", "title", "text", "label", "href"],
    read: (at) => ({ type: "continueCategory", ...shared(at, ["limit", "title", "text", "label", "href"]) }),
  },
  resume: {
    fields: ["what", "limit", "title", "text", "label", "href"],
    read(at) {
      const what = readWord(at.to("what"), ["cart", "list"]);
      const href = readUrl(at.to("href"));
      if (!what || !href) return undefined;
      return { type: "resume", what, ...shared(at, ["limit", "title", "text", "label"]), href };
    },
  },
  prefill: {
    fields: ["what"],
    read(at) {
      const what = readWord(at.to("what"), ["size", "filters", "store"]);
      return what && { type: "prefill", what };
    },
  },
  message: {
    fields: ["title", "text", "label", "href"],
    read(at) {
      const text = readTexts(at.to("text"));
      return text && { type: "message", ...shared(at, ["title", "label", "href"]), text };
    },
  },
  screen: {
    fields: ["list", "limit", "title", "text"],
    read(at) {
      const list = readWord(at.to("list"), ["recent", "cart", "usualSize"]);
      return list && { type: "screen", list, ...shared(at, ["limit", "title", "text"]) };
    },
  },
  reorder: {
    fields: ["limit", "category", ...TEXT_FIELDS],
    read(at) {
      const category = optional(at.to("category"), (one) => readText(one, MAX_ID_CHARS));
      return { type: "reorder", ...shared(at, ["limit", ...TEXT_FIELDS]), ...(category && { category }) };
    },
  },
  recommend: {
    fields: ["limit", ...TEXT_FIELDS],
    read: (at) => ({ type: "recommend", ...shared(at, ["limit", ...TEXT_FIELDS]) }),
  },
  availability: {
    fields: ["store", "stores", ...TEXT_FIELDS],
    read(at) {
      const store = optional(at.to("store"), (one) => readText(one, MAX_ID_CHARS));
      const stores = optional(at.to("stores"), readStores);
      const texts = shared(at, TEXT_FIELDS);
      if (!texts.title && !texts.text) return at.fail('Needs a "title" or a "text" that says what there is.');
      return { type: "availability", ...(store && { store }), ...(stores && { stores }), ...texts };
    },
  },
  echoCreative: { fields: ["parameter", "creatives", "title", "text"], read: readEcho },
  survey: { fields: ["survey", "kind", "title", "text", "low", "high", "thanks"], read: readSurvey },
  identifyPrompt: {
    fields: TEXT_FIELDS,
    read(at) {
      // Without a stated reason and a place to go, it would be a demand.
      const text = readTexts(at.to("text"));
      const label = readTexts(at.to("label"));
      const href = readUrl(at.to("href"));
      if (!text || !label || !href) return undefined;
      return { type: "identifyPrompt", ...shared(at, ["title"]), text, label, href };
    },
  },
  value: {
    fields: ["value"],
    read(at) {
      const value = readJson(at.to("value"), MAX_VALUE_CHARS);
      return value === undefined ? undefined : { type: "value", value };
    },
  },
};

/** Reads what a rule does. Everything a page will show passes here, so addresses are checked here too. */
export function readAction(at: Cursor): Action | undefined {
  if (typeof at.value !== "object" || at.value === null) return at.fail('Must be an object with a "type".');
  const type = readWord(at.to("type"), Object.keys(READERS) as Type[]);
  if (!type || !readObject(at, ["type", ...READERS[type].fields])) return undefined;
  return READERS[type].read(at);
}

const SHARED = {
  limit: (at: Cursor) => readInteger(at, 1, MAX_PRODUCTS),
  title: readTexts,
  text: readTexts,
  label: readTexts,
  href: readUrl,
};

type Shared = { [F in keyof typeof SHARED]?: NonNullable<ReturnType<(typeof SHARED)[F]>> };

/** The optional fields that several actions have, those that are there. */
function shared<F extends keyof Shared>(at: Cursor, fields: readonly F[]): Pick<Shared, F> {
  const found: Shared = {};
  for (const field of fields) {
    const value = optional<unknown>(at.to(field), SHARED[field]);
    if (value !== undefined) Object.assign(found, { [field]: value });
  }
  return found;
}

/** Names of stores by id. */
function readStores(at: Cursor): Record<string, string> | undefined {
  const ids = Object.keys(readObjectOfAny(at) ?? {});
  if (ids.length > MAX_STORES)
    return at.fail(`Names ${ids.length} stores; at most ${MAX_STORES} are allowed.`);
  const names = ids.map((id) => [id, readText(at.to(id), MAX_STORE_CHARS)] as const);
  return Object.fromEntries(names.flatMap(([id, name]) => (name === undefined ? [] : [[id, name]])));
}

function readObjectOfAny(at: Cursor): object | undefined {
  const { value } = at;
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value
    : at.fail("Must be an object.");
}
