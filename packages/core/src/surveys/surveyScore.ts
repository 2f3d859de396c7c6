import type { SurveyKind } from "../rules/ruleset.ts";

/** The scales: Net Promoter Score 0 to 10, Customer Effort Score 1 to 7, Customer Satisfaction 1 to 5. */
export const SCALES: Record<SurveyKind, { from: number; to: number }> = {
  nps: { from: 0, to: 10 },
  ces: { from: 1, to: 7 },
  csat: { from: 1, to: 5 },
};

/**
 * What a survey came to, exactly: a fraction of whole numbers, so that no sum of floats decides a rounding. `top / answers` is
 * of `nps` the share of promoters (9, 10) less that of detractors (0 to 6), of `csat` the share of 4 and 5, of `ces` the mean.
 */
export interface SurveyScore {
  kind: SurveyKind;
  /** Answers on the scale; others are not counted. */
  answers: number;
  /** By value, the lowest of the scale first. */
  counts: number[];
  /** Numerator over `answers`. */
  top: number;
  /** As people read it: NPS −100 to 100, CSAT 0 to 100 %, CES 1 to 7; null without answers. */
  score: number | null;
}

/** What one answer adds to the numerator. */
const WORTH: Record<SurveyKind, (value: number) => number> = {
  nps: (value) => (value >= 9 ? 1 : value <= 6 ? -1 : 0),
  csat: (value) => (value >= 4 ? 1 : 0),
  ces: (value) => value,
};

/** Scores the answers of a survey. Whatever is not a whole number on its scale is nobody's answer. */
export function surveyScore(kind: SurveyKind, given: Iterable<number>): SurveyScore {
  const { from, to } = SCALES[kind];
  const counts = Array.from({ length: to - from + 1 }, () => 0);
  let answers = 0;
  let top = 0;
  for (const value of given) {
    if (!Number.isInteger(value) || value < from || value > to) continue;
    counts[value - from]!++;
    answers++;
    top += WORTH[kind](value);
  }
  // One division, last: the nearest number to the true fraction.
  const score = answers === 0 ? null : ((kind === "ces" ? 1 : 100) * top) / answers;
  return { kind, answers, counts, top, score };
}
