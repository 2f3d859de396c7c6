import type { Texts } from "@vitrine/core";
import { readText, type Cursor } from "./problems.ts";

const MAX_LANGUAGES = 40;
const MAX_TEXT_CHARS = 300;

/** Reads a text by language tag; `en` must be there because every other language falls back to it. */
export function readTexts(at: Cursor): Texts | undefined {
  const { value } = at;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return at.fail('Must be texts by language, such as {"en": "Welcome back"}.');
  }
  const tags = Object.keys(value);
  if (tags.length > MAX_LANGUAGES)
    return at.fail(`Holds ${tags.length} languages; at most ${MAX_LANGUAGES}.`);
  if (!tags.includes("en")) at.fail('Needs a text in "en": other languages fall back to it.');
  const texts: Texts = {};
  for (const tag of tags) {
    if (!isLanguageTag(tag)) at.to(tag).fail('Is not a language tag. Write "de" or "de-AT".');
    const text = readText(at.to(tag), MAX_TEXT_CHARS);
    if (text !== undefined) texts[tag] = text;
  }
  return texts;
}

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // RangeError: not a tag
  }
}
