import { textOf } from "../event/event.ts";
import type { Json } from "../json.ts";

/** Longest text folded of one property, in UTF-16 units; what is longer stands whole in the log only. */
const MAX_TEXT = 512;

/** Reads a text property, cut to a length that keeps folds bounded, or undefined. */
export function boundedText(value: Json | undefined, max: number = MAX_TEXT): string | undefined {
  const text = textOf(value);
  return text && text.length > max ? cutText(text, max) : text;
}

/** Cuts a text without leaving half of a surrogate pair, which is no text a store could take. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, "");
}
