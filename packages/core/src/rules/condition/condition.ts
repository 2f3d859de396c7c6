import type { Json, JsonObject } from "../../json.ts";

/**
 * A test on a context, as data: attribute paths with values or operators, joined by `$and`, `$or`, `$nor`, `$not`.
 * Never change one after its first use: what was read from it is kept.
 * @see {@link evaluateCondition} for the language
 */
export type Condition = JsonObject;

/** What a condition cannot be decided for; the rule that holds it is disabled with reason `error`. */
export interface ConditionError {
  kind: "error";
  /**
   * `unknown_operator`: made for a newer version; never taken for "false", which `$not` would make true.
   * `bad_operand`: the operator cannot use this value. `too_complex`: beyond the bounds of depth, clauses or text length.
   */
  code: "unknown_operator" | "bad_operand" | "too_complex";
  /** Where in the condition, as a JSON pointer: `/$and/0/cart.total/$gtt`. */
  path: string;
}

/** The answer of a condition for one set of attributes. */
export type ConditionResult = { kind: "match" } | { kind: "no_match" } | ConditionError;

/** What a condition may ask for besides the attributes. */
export interface ConditionOptions {
  /** Saved groups by id, for `$inGroup` and `$notInGroup`. */
  groups?: Readonly<Record<string, readonly Json[]>> | undefined;
}

/** Three answers: `undefined` is "an error occurred here". */
export type Answer = boolean | undefined;
