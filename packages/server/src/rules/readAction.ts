import { safeUrl, type Action } from "@vitrine/core";
import { optional, readInteger, readJson, readObject, readText, readWord, type Cursor } from "./problems.ts";
import { readTexts } from "./readTexts.ts";

const MAX_URL_CHARS = 2_000;
const MAX_PRODUCTS = 12;
const MAX_VALUE_CHARS = 8_192;

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
      const what = readWord(at.to("what"), ["size"]);
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

function readUrl(at: Cursor): string | undefined {
  const url = readText(at, MAX_URL_CHARS);
  if (url === undefined) return undefined;
  return (
    safeUrl(url) ?? at.fail("Is not a safe address. Write https://… or a path of the shop such as /cart.")
  );
}
