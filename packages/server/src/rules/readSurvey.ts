import type { SurveyAction } from "@vitrine/core";
import { optional, readWord, type Cursor } from "./problems.ts";
import { readName } from "./readName.ts";
import { readTexts } from "./readTexts.ts";

/** Reads a survey: its question, and what the ends of its scale mean. */
export function readSurvey(at: Cursor): SurveyAction | undefined {
  const survey = readName(at.to("survey"));
  const kind = readWord(at.to("kind"), ["nps", "ces", "csat"]);
  const [title, low, high] = ["title", "low", "high"].map((field) => readTexts(at.to(field)));
  const text = optional(at.to("text"), readTexts);
  const thanks = optional(at.to("thanks"), readTexts);
  if (!survey || !kind || !title || !low || !high) return undefined;
  return { type: "survey", survey, kind, title, ...(text && { text }), low, high, ...(thanks && { thanks }) };
}
