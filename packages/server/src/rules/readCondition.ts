import {
  evaluateCondition,
  expandSegments,
  type ConditionError,
  type JsonObject,
  type Segments,
} from "@vitrine/core";
import { checkPath } from "./checkPath.ts";
import type { Cursor } from "./problems.ts";

const MESSAGES: Record<ConditionError["code"], string> = {
  unknown_operator:
    "Unknown operator. Conditions know $eq, $ne, $in, $nin, $gt, $gte, $lt, $lte, $exists, $regex, …",
  bad_operand: "The operator cannot use this value.",
  too_complex: "Is too deep or too long; split it into several rules.",
};

/** Where conditions find their facts. */
const ROOTS = ["profile", "session", "page", "device", "time", "geo", "channel"];

/** What a condition may ask of, and the segments that it may name. */
export interface ConditionScope {
  segments?: Segments | undefined;
  roots?: readonly string[];
}

/** Reads a condition: it must compile, and each path must begin at a fact that exists. */
export function readCondition(
  at: Cursor,
  { segments, roots = ROOTS }: ConditionScope = {},
): JsonObject | undefined {
  const { value } = at;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return at.fail("Must be an object.");
  const condition = value as JsonObject;
  let expanded: JsonObject;
  try {
    expanded = expandSegments(condition, segments);
  } catch (error) {
    return at.fail((error as RangeError).message);
  }
  const result = evaluateCondition(expanded, {});
  if (result.kind === "error") {
    const place = result.path.slice(1).split("/").filter(Boolean);
    const to = place.reduce((here, step) => here.to(step.replaceAll("~1", "/").replaceAll("~0", "~")), at);
    return to.fail(MESSAGES[result.code]);
  }
  checkRoots(at, roots);
  return condition;
}

function checkRoots(at: Cursor, roots: readonly string[]): void {
  for (const key of Object.keys(at.value as object)) {
    const inner = at.to(key);
    if (key === "$segment") continue;
    if (key === "$not") checkRoots(inner, roots);
    else if (key.startsWith("$") && Array.isArray(inner.value))
      inner.value.forEach((_, i) => checkRoots(inner.to(i), roots));
    else checkPath(inner, key, roots);
  }
}
