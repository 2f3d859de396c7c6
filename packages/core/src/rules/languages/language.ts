import type {
  ChoiceWord,
  PageAction,
  PrefillAction,
  ScreenAction,
  SizeWord,
  SurveyWord,
} from "../ruleset.ts";

/** What is explained in one sentence: an action, and which kind of it. */
export type ExplainedAction =
  | Exclude<PageAction["type"], "prefill" | "resume">
  | `resume.${Extract<PageAction, { type: "resume" }>["what"]}`
  | `prefill.${PrefillAction["what"]}`
  | `screen.${ScreenAction["list"]}`;

/** What buttons and notes of the SDK's own say. */
export type OwnWord = SizeWord | ChoiceWord | SurveyWord | "thanks";

/**
 * All that Vitrine says to shoppers in one language. No sentence speaks a number, so none needs a plural; one that does must have
 * a form for each of the language's plural categories.
 */
export interface Language {
  /** The sentence that explains an action where its rule brings none. */
  because: Record<ExplainedAction, string>;
  words: Record<OwnWord, string>;
}
