import type { JsonObject } from "@vitrine/core";
import { warning, type Check } from "./finding.ts";

/** What is kept of a person and known of a page; a path that begins otherwise never has a value. */
const FACTS: Record<string, readonly string[]> = {
  profile: [
    "firstSeen",
    "lastSeen",
    "traits",
    "consent",
    "lastViewed",
    "recent",
    "categories",
    "searches",
    "filters",
    "sizes",
    "cart",
    "lists",
    "orders",
    "orderCount",
    "stores",
    "tryOns",
    "loyalty",
    "surveys",
    "counters",
  ],
  page: ["path", "query", "language", "product"],
  session: ["isNew"],
};

/** The paths a condition asks for, however deep they stand. */
function pathsOf(condition: JsonObject | undefined): string[] {
  return Object.entries(condition ?? {}).flatMap(([key, operand]) => {
    if (key === "$not") return pathsOf(operand as JsonObject);
    if (key.startsWith("$") && Array.isArray(operand))
      return operand.flatMap((one) => pathsOf(one as JsonObject));
    return [key];
  });
}

/** A path under which nothing is ever kept: nearly always a slip of the pen. */
export const checkFacts: Check = (rule) =>
  [...new Set(pathsOf(rule.when))].flatMap((path) => {
    const [root = "", name = ""] = path.split(".");
    const known = FACTS[root];
    if (!known || name === "" || known.includes(name)) return [];
    return [
      warning(
        rule,
        "unknown_fact",
        `Nothing is kept under “${root}.${name}”. Known there: ${known.join(", ")}.`,
      ),
    ];
  });

/** Content for everybody, for ever, in place of the shop's own: then the shop may as well say it itself. */
export const checkAlways: Check = (rule) => {
  const { schedule, cap, ramp = 1, exclusive, experiment, when, action } = rule;
  const isNarrow =
    pathsOf(when).length > 0 || schedule?.from || schedule?.to || cap || ramp < 1 || exclusive || experiment;
  if (isNarrow || action.type !== "message") return [];
  const message =
    "Is shown to everybody on every page view, without an end. Give it a condition, a schedule or a cap.";
  return [warning(rule, "always_shown", message)];
};

/** A purpose that shoppers are asked for at the mirror only. */
export const checkGranted: Check = (rule) => {
  if (!rule.purposes?.includes("camera")) return [];
  const message =
    "Needs consent to the camera, which nobody gives in a web page; it is shown at the mirror only.";
  return [warning(rule, "never_granted", message)];
};
