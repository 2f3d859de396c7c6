import type { EvaluationContext, EvaluationContextValue } from "@openfeature/web-sdk";
import type { Json, JsonObject } from "@vitrine/core";

/** Turns an evaluation context into what conditions read under `app.*`: dates as ISO text, the rest as it is. */
export function toAppFacts(context: EvaluationContext): JsonObject {
  return Object.fromEntries(
    Object.entries(context).flatMap(([name, value]) => (value === undefined ? [] : [[name, toJson(value)]])),
  );
}

function toJson(value: EvaluationContextValue): Json {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  return typeof value === "object" && value !== null ? toAppFacts(value) : value;
}
