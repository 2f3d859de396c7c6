import { evaluateCondition, type ConditionError, type JsonObject } from "@vitrine/core";
import type { Cursor } from "./problems.ts";

const MESSAGES: Record<ConditionError["code"], string> = {
  unknown_operator:
    "Unknown operator. Conditions know $eq, $ne, $in, $nin, $gt, $gte, $lt, $lte, $exists, $regex, …",
  bad_operand: "The operator cannot use this value.",
  too_complex: "Is too deep or too long; split it into several rules.",
};

/** Where conditions find their facts; any other first word never has a value, which is nearly always a typing error. */
const ROOTS = ["profile", "session", "page", "device"];

/** Reads a condition: it must compile, and each path must begin at a fact that exists. */
export function readCondition(at: Cursor): JsonObject | undefined {
  const { value } = at;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return at.fail("Must be an object.");
  const condition = value as JsonObject;
  const result = evaluateCondition(condition, {});
  if (result.kind === "error") {
    const place = result.path.slice(1).split("/").filter(Boolean);
    const to = place.reduce((here, step) => here.to(step.replaceAll("~1", "/").replaceAll("~0", "~")), at);
    return to.fail(MESSAGES[result.code]);
  }
  checkRoots(at);
  return condition;
}

function checkRoots(at: Cursor): void {
  for (const key of Object.keys(at.value as object)) {
    const inner = at.to(key);
    if (key === "$not") checkRoots(inner);
    else if (key.startsWith("$") && Array.isArray(inner.value))
      inner.value.forEach((_, i) => checkRoots(inner.to(i)));
    else if (!ROOTS.includes(key.split(".")[0]!)) {
      inner.fail(
        `Nothing is known under "${key}". Begin with ${ROOTS.map((root) => `${root}.`).join(", ")}.`,
      );
    }
  }
}
