import type { Creative, EchoAction } from "@vitrine/core";
import { optional, readList, readObject, readText, type Cursor } from "./problems.ts";
import { readTexts } from "./readTexts.ts";
import { readUrl } from "./readUrl.ts";

const MAX_CREATIVES = 50;
const MAX_VALUE_CHARS = 120;

/** Reads the creatives of ads and the parameter that names one of them. */
export function readEcho(at: Cursor): EchoAction | undefined {
  const parameter = readText(at.to("parameter"), 64);
  // It stands in a path of a condition, where a dot would be a step.
  if (parameter !== undefined && !/^[\w-]+$/.test(parameter))
    at.to("parameter").fail("May hold letters, digits, hyphens and underscores, such as utm_content.");
  const creatives = readList(at.to("creatives"), MAX_CREATIVES, readCreative);
  const { value: table } = at.to("creatives");
  if (Array.isArray(table) && table.length === 0) at.to("creatives").fail("Needs at least one creative.");
  const values = creatives?.map(({ value }) => value) ?? [];
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice !== undefined) at.to("creatives").fail(`Two creatives have the value "${twice}".`);
  const title = optional(at.to("title"), readTexts);
  const text = optional(at.to("text"), readTexts);
  if (!parameter || !creatives) return undefined;
  return { type: "echoCreative", parameter, creatives, ...(title && { title }), ...(text && { text }) };
}

const FIELDS = ["value", "image", "alt", "title", "text", "label", "href"];

function readCreative(at: Cursor): Creative | undefined {
  if (!readObject(at, FIELDS)) return undefined;
  const value = readText(at.to("value"), MAX_VALUE_CHARS);
  const parts = {
    image: optional(at.to("image"), readUrl),
    alt: optional(at.to("alt"), readTexts),
    title: optional(at.to("title"), readTexts),
    text: optional(at.to("text"), readTexts),
    label: optional(at.to("label"), readTexts),
    href: optional(at.to("href"), readUrl),
  };
  if (!value) return undefined;
  const kept = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  const isShown = ["image", "title", "text"].some((part) => at.to(part).value !== undefined);
  if (!isShown) return at.fail("Shows nothing; give it an image, a title or a text.");
  return { value, ...kept };
}
