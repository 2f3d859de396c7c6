import type { Action, Texts } from "../ruleset.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import type { ExplainedAction, Language, OwnWord } from "./language.ts";
import { pl } from "./pl.ts";
import { zhHans } from "./zhHans.ts";
import { zhHant } from "./zhHant.ts";

/** What Vitrine speaks; another language is its file and its entry. Publishing hands it to pages, so none carries it in its scripts. */
export const LANGUAGES: Readonly<Record<string, Language>> = {
  en,
  de,
  fr,
  es,
  pl,
  "zh-Hans": zhHans,
  "zh-Hant": zhHant,
};

/** The sentence that explains an action, in every language. */
export const sentenceOf = (action: Action): Texts => inAll(({ because }) => because[explainedAs(action)]);

/** Words of the SDK's own, each in every language. */
export const wordsInAll = <W extends OwnWord>(names: readonly W[]): Record<W, Texts> =>
  Object.fromEntries(names.map((name) => [name, inAll(({ words }) => words[name])])) as Record<W, Texts>;

const inAll = (pick: (language: Language) => string): Texts =>
  Object.fromEntries(Object.entries(LANGUAGES).map(([tag, language]) => [tag, pick(language)]));

function explainedAs(action: Action): ExplainedAction {
  if (action.type === "screen") return `screen.${action.list}`;
  if (action.type === "prefill") return `prefill.${action.what}`;
  return action.type === "resume" ? `resume.${action.what}` : action.type;
}
