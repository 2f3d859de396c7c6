import { surveyScore, type Rule, type SurveyScore } from "@vitrine/core";
import type { Services } from "../services.ts";
import { createSurveyStore } from "./surveyStore.ts";

/** Answers counted at most. */
const MAX_ANSWERS = 200_000;

/** What a survey came to so far: of each person the newest answer, on whichever device; null for a rule that is no survey. */
export function readSurveyScore(
  { database, collector }: Pick<Services, "database" | "collector">,
  siteId: string,
  { action }: Rule,
): SurveyScore | null {
  if (action.type !== "survey") return null;
  const newest = new Map<string, { score: number; at: number }>();
  for (const { identity, ...answer } of createSurveyStore(database).answers(
    siteId,
    action.survey,
    MAX_ANSWERS,
  )) {
    const person = collector.graph.members(siteId, identity)[0]!;
    const known = newest.get(person);
    if (!known || answer.at > known.at) newest.set(person, answer);
  }
  return surveyScore(
    action.kind,
    [...newest.values()].map(({ score }) => score),
  );
}
