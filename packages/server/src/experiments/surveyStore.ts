import { granted, type TimedEvent } from "@vitrine/core";
import type { Database } from "../stores/database.ts";

/** What one identity answered last. */
export interface SurveyAnswer {
  identity: string;
  score: number;
  /** ms since 1970. */
  at: number;
}

/** The answers to surveys, for their scores. */
export interface SurveyStore {
  /** Notes `Survey Answered`, where analytics were granted; passes over all else. In the transaction of the event. */
  note(siteId: string, identity: string, event: TimedEvent): void;
  /** At most `limit`, by identity; ids are hashes, so the first ones are a sample without a bent. */
  answers(siteId: string, survey: string, limit: number): SurveyAnswer[];
  erase(siteId: string, identity: string): void;
  /** Forgets what is older. */
  prune(olderThan: number): void;
}

/** Longest name of a survey: publishing allows none longer (`readName`). */
const MAX_NAME = 64;

/** Opens the store. */
export function createSurveyStore({ sql }: Database): SurveyStore {
  return {
    erase: (siteId, identity) =>
      void sql("DELETE FROM survey_answers WHERE site_id = ? AND identity = ?").run(siteId, identity),
    prune: (olderThan) => void sql("DELETE FROM survey_answers WHERE at < ?").run(olderThan),
    note(siteId, identity, event) {
      if (event.event !== "Survey Answered" || !granted(event, "analytics")) return;
      const { survey_id: survey, score } = event.properties;
      if (typeof survey !== "string" || survey === "" || survey.length > MAX_NAME) return;
      if (!Number.isInteger(score)) return;
      // The newest word counts, in whatever order they come.
      sql(
        "INSERT INTO survey_answers (site_id, survey, identity, score, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET score = excluded.score, at = excluded.at WHERE excluded.at > at",
      ).run(siteId, survey, identity, score as number, event.time);
    },
    answers: (siteId, survey, limit) =>
      sql(
        "SELECT identity, score, at FROM survey_answers WHERE site_id = ? AND survey = ? ORDER BY identity LIMIT ?",
      ).all(siteId, survey, limit) as unknown as SurveyAnswer[],
  };
}
