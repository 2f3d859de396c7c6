import type { Rule } from "@vitrine/core";
import { ACTION_FORMS, freshAction } from "./actionForms.ts";
import { DEFAULT_HOLDOUT, holdoutOf } from "./holdout.ts";

const MAX_ID_CHARS = 64;

/**
 * A rule to begin with: for everybody, and measured from its first day. What a mirror shows has no split, because it keeps no
 * record of whom it showed what.
 */
export function newRule(id: string, type: string, placement: string): Rule {
  return {
    id,
    placement,
    priority: 50,
    purposes: ["personalization", ...(ACTION_FORMS[type]!.needs ?? [])],
    when: {},
    ...(type !== "screen" && { experiment: holdoutOf({ id }, DEFAULT_HOLDOUT) }),
    action: freshAction(type),
  };
}

/** An id made from a name: `Coats, for November` is `coats-for-november`. */
export function idOfName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MAX_ID_CHARS);
}
