import { readRuleResults } from "../experiments/ruleResults.ts";
import { HttpProblem } from "../http/problem.ts";
import type { Answer, RequestContext, Route } from "../http/route.ts";
import { callerOf } from "./adminInput.ts";

/** What published rules did. */
export const adminResultsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/admin/rules/results/:rule",
    auth: { scope: "console" },
    cors: "none",
    handler: readResults,
  },
];

async function readResults(context: RequestContext): Promise<Answer> {
  const results = await readRuleResults(context.services, callerOf(context).siteId, context.params.rule!);
  if (!results) throw new HttpProblem(404, "unknown_rule", "No published rule has this id.");
  return { status: 200, body: results };
}
