import { get } from "../profile/keyed.ts";
import type { Texts } from "./ruleset.ts";

/** Picks the text for a language tag: the tag, its script, its region, its language, English, anything. */
export function localText(texts: Texts, language: string): string {
  const tag = tagsOf(language).find((one) => get(texts, one) !== undefined);
  return texts[tag ?? "en"] ?? Object.values(texts)[0] ?? "";
}

/** Of the language asked for last: a page has one, and asks for each text of each rule. */
let last: [language: string, tags: string[]] = ["", []];

/** By what a text may stand for a language: `zh-tw` is also `zh-Hant-TW`, `zh-Hant`, `zh-TW` and `zh`, the nearest first. */
function tagsOf(language: string): string[] {
  if (last[0] !== language) {
    const tags = [language];
    try {
      // What is likely where a tag does not say it (BCP 47 leaves it out, CLDR knows).
      const { language: name, script, region } = new Intl.Locale(language).maximize();
      const full = `${name}-${script}`;
      tags.push(`${full}-${region}`, `${name}-${region}`, full, name);
    } catch {
      // RangeError: no language tag.
    }
    last = [language, tags];
  }
  return last[1];
}

/**
 * What an action's own words are in a language.
 * @param own English, for those that a ruleset does not bring
 */
export function localWords<W extends string>(
  own: Readonly<Record<W, string>>,
  words: Partial<Record<W, Texts>> | undefined,
  language: string,
): Record<W, string> {
  const said = Object.entries<string>(own).map(([name, en]) => [
    name,
    localText({ en, ...get<Texts>(words as Record<string, Texts>, name) }, language),
  ]);
  return Object.fromEntries(said) as Record<W, string>;
}

/** Publishing takes 300 for a text and 2,000 for an address; a page that had to lay out 100,000 would stand still. */
const MAX_CHARS = 4_000;

/** Fills `{name}` in a text, of 4,000 characters at most; unknown names stay as they stand, so that a slip is seen. */
export function fillText(text: string, values: Record<string, string | number>): string {
  return text
    .slice(0, MAX_CHARS)
    .replace(/\{(\w+)\}/g, (whole, name: string) => `${get(values, name) ?? whole}`);
}
