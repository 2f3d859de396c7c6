import { ErrorCode, StandardResolutionReasons, type FlagMetadata } from "@openfeature/web-sdk";
import type { JsonValue, ResolutionDetails } from "@openfeature/web-sdk";
import type { Decision, Json, RuleTrace } from "@vitrine/core";

/** What a flag may be asked for as. */
export type FlagType = "boolean" | "string" | "number" | "object";

/** Reads a decision as OpenFeature tells a resolution; whatever is not a value of that type is the default. */
export function resolutionOf<T extends JsonValue>(
  decision: Decision,
  type: FlagType,
  fallback: T,
): ResolutionDetails<T> {
  const { outcome, trace, reason, variant } = decision;
  const otherwise = (details: Omit<ResolutionDetails<T>, "value">) => ({ value: fallback, ...details });
  const failed = (errorCode: ErrorCode, errorMessage: string) =>
    otherwise({ reason: StandardResolutionReasons.ERROR, errorCode, errorMessage });

  // The rules are in when this is asked for: they are off because the person refused.
  if (reason === "disabled") return otherwise({ reason: StandardResolutionReasons.DISABLED });
  if (reason === "stale") return otherwise({ reason: StandardResolutionReasons.STALE });
  if (reason === "error") return failed(ErrorCode.GENERAL, `No rule could be evaluated: ${codesOf(trace)}.`);
  if (!trace[0]) return failed(ErrorCode.FLAG_NOT_FOUND, "No rule has a placement of this name.");
  const flagMetadata = metadataOf(decision);
  if (!outcome) return otherwise({ ...withoutOutcome(decision), flagMetadata });
  if (outcome.type !== "value")
    return failed(ErrorCode.TYPE_MISMATCH, `Rule ${decision.rule} shows content; a flag needs a value.`);
  if (!isOfType(outcome.value, type))
    return failed(ErrorCode.TYPE_MISMATCH, `The value of rule ${decision.rule} is no ${type}.`);
  return {
    value: outcome.value as T,
    reason: reasonOf(decision),
    // What an experiment did not split has one variant: the rule.
    variant: variant ?? decision.rule!,
    flagMetadata,
  };
}

function isOfType(value: Json, type: FlagType): boolean {
  return typeof value === type && value !== null;
}

/** The shop's default stands: for a control group, because the flag is not on now, or since no rule applies. */
function withoutOutcome({ variant, trace }: Decision): Pick<ResolutionDetails<never>, "reason" | "variant"> {
  if (variant) return { reason: StandardResolutionReasons.SPLIT, variant };
  const isOff = trace.every(({ result }) => result === "schedule");
  return { reason: isOff ? StandardResolutionReasons.DISABLED : StandardResolutionReasons.DEFAULT };
}

/** A rule without a condition is the flag's fixed value, or what is left where conditions or ramps before it did not let her in. */
function reasonOf({ reason, trace }: Decision): string {
  if (reason === "split") return StandardResolutionReasons.SPLIT;
  if (trace.find(({ result }) => result === "won")!.clauses[0])
    return StandardResolutionReasons.TARGETING_MATCH;
  return trace.some(({ result }) => ["no_match", "not_in_ramp", "excluded"].includes(result))
    ? StandardResolutionReasons.DEFAULT
    : StandardResolutionReasons.STATIC;
}

function metadataOf({ rule, version, because }: Decision): FlagMetadata {
  return {
    ...(rule !== undefined && { rule }),
    ...(version !== undefined && { version }),
    ...(because !== undefined && { because }),
  };
}

function codesOf(trace: readonly RuleTrace[]): string {
  return trace.flatMap(({ rule, code }) => (code ? `${rule}: ${code}` : [])).join(", ");
}
