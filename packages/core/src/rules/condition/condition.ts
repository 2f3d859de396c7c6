import type { Json, JsonObject } from "../../json.ts";

/**
 * A test on a context, as data: attribute paths with values or operators, joined by `$and`, `$or`, `$nor`, `$not`.
 * Must not change once it was asked, because what it compiled to is kept: change a copy.
 */
export type Condition = JsonObject;

/**
 * Why a condition cannot be used; the rule that holds it is disabled with reason `error`.
 * A fault of the condition alone: the same for all attributes, so it shows when the rule is published.
 */
export interface ConditionError {
  kind: "error";
  /**
   * `unknown_operator`: made for a newer version; never taken for "false", which `$not` would make true.
   * `bad_operand`: the operator cannot use this value. `too_complex`: more clauses or levels than the bounds allow.
   */
  code: "unknown_operator" | "bad_operand" | "too_complex";
  /** Where in the condition, names joined by slashes: `/$and/0/cart.total/$gtt`. */
  path: string;
}

/** The answer of a condition for one set of attributes. */
export type ConditionResult = { kind: "match" } | { kind: "no_match" } | ConditionError;

/** The answer as far as it is known: decided, or what is left to decide. */
export type PartialResult = ConditionResult | { kind: "rest"; rest: Condition };

/** Saved groups by id. */
export type Groups = Readonly<Record<string, readonly Json[]>>;

/** What a condition may ask for besides the attributes. */
export interface ConditionOptions {
  /** For `$inGroup` and `$notInGroup`; a group that is not here has no members. */
  groups?: Groups | undefined;
}

/** One clause of a condition with the value it saw. */
export interface ClauseTrace {
  /** The attribute's path. */
  path: string;
  /** `$eq` also for a bare value. */
  operator: string;
  operand: Json;
  /** `undefined` when the attribute is missing. */
  seen: Json | undefined;
  /** The clause's own answer, before any `$not` or `$nor` around it. */
  matched: boolean;
}

/** Told of each clause of the condition itself, not of those inside an operator. */
export type OnClause = (clause: ClauseTrace) => void;
