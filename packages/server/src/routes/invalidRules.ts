import { HttpProblem, problemAnswer } from "../http/problem.ts";
import type { Answer } from "../http/route.ts";
import type { RuleProblem } from "../rules/problems.ts";

/** Says where rules are wrong. */
export function invalidRules(problems: readonly RuleProblem[]): Answer {
  const answer = problemAnswer(
    new HttpProblem(422, "invalid_rules", "The rules cannot be used as they stand; problems say where."),
  );
  return { ...answer, body: { ...(answer.body as object), problems } };
}
