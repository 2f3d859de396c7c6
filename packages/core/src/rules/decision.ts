import type { Json, JsonObject } from "../json.ts";
import type { CartLine, Category } from "../profile/foldState.ts";
import type { Product } from "../profile/product.ts";
import type { UsualSize } from "../sizes/usualSize.ts";
import type { Texts } from "./ruleset.ts";

/** Why a decision is what it is. */
export type Reason = "targeting_match" | "split" | "default" | "disabled" | "stale" | "error";

/** The page a decision is for. */
export interface PageContext {
  path: string;
  query: Record<string, string>;
  /** Language tag of the page. */
  language: string;
  /** The article of a product page, as its sources describe it. */
  product?: Product;
  [key: string]: unknown;
}

/** What a decision is made from besides ruleset, profile and clock. */
export interface DecisionContext {
  /** Bucketing key: the anonymous id at first exposure. */
  targetingKey: string;
  session: { isNew: boolean; [key: string]: unknown };
  page: PageContext;
  device: JsonObject;
  /** Purposes granted now. */
  consent: readonly string[];
  /** How often each rule was shown: this session, today, ever. */
  shown: Record<string, { session: number; day: number; ever: number }>;
}

/** What an action came to: content ready to be shown or applied. */
export type Outcome =
  | { type: "continueCategory"; category: Category; products: Product[]; title: string; href?: string }
  | { type: "resume"; what: "cart" | "list"; lines: CartLine[]; title: string; label: string; href: string }
  | { type: "prefill"; what: "size"; usual: Exclude<UsualSize, { kind: "none" }> }
  | { type: "message"; title?: string; text: string; label?: string; href?: string }
  | { type: "value"; value: Json };

/** One condition and the value it saw. */
export interface ClauseTrace {
  path: string;
  operator: string;
  operand: Json;
  seen: Json | undefined;
  matched: boolean;
}

/** What became of one rule for a placement. */
export interface RuleTrace {
  rule: string;
  /** `won`, or why not. */
  result: "won" | "lower_priority" | "no_match" | "no_consent" | "schedule" | "cap" | "control" | "no_content" | "error";
  clauses: ClauseTrace[];
  /** For `error`: a stable code. */
  code?: string;
}

/** The result for one placement; never absent, never thrown. */
export interface Decision {
  placement: string;
  reason: Reason;
  /** Absent when the shop's own default stands. */
  outcome?: Outcome;
  rule?: string;
  variant?: string;
  version?: number;
  /** One plain sentence for the shopper, in the page's language. */
  because?: string;
  /** Message ids of the events behind the value, newest first. */
  evidence: string[];
  trace: RuleTrace[];
}

export type { Texts };
