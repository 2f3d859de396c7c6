import type { Rule } from "@vitrine/core";
import { warning, type Finding } from "./finding.ts";

/** What the linter knows of the shop. */
export interface ShopToLint {
  /** Articles in its catalogue. */
  articles: number;
}

/** Nothing can be shown of articles that only pages told of. */
export function checkCatalogue(rule: Rule, { articles }: ShopToLint): Finding[] {
  if (rule.action.type !== "recommend" || articles > 0) return [];
  const message =
    "Shows nothing: your catalogue is empty, and what pages tell of an article is not shown to other shoppers, since anybody could tell it. Send your articles by PUT /v1/catalogue.";
  return [warning(rule, "no_catalogue", message)];
}
