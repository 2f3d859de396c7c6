import { get } from "../profile/keyed.ts";
import type { Texts } from "./ruleset.ts";

/** Picks the text for a language tag: the tag, its language, English, anything. */
export function localText(texts: Texts, language: string): string {
  return texts[language] ?? texts[language.split("-")[0]!] ?? texts["en"] ?? Object.values(texts)[0] ?? "";
}

/** Fills `{name}` in a text; unknown names stay as they stand, so that a slip is seen. */
export function fillText(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => `${get(values, name) ?? whole}`);
}
