import type { ActionTexts, Rule, Texts } from "@vitrine/core";
import { warning, type Check } from "./finding.ts";

/** The texts of a rule by where they stand. */
function textsOf({ action, because }: Rule): [name: string, texts: Texts][] {
  const { title, text, label } = action as ActionTexts;
  const entries = Object.entries({ title, text, label, because });
  return entries.filter((entry): entry is [string, Texts] => entry[1] !== undefined);
}

/** A language that some texts of a rule have and others lack would mix two languages on one page. */
export const checkLanguages: Check = (rule) => {
  const texts = textsOf(rule);
  const languages = new Set(texts.flatMap(([, one]) => Object.keys(one)));
  return [...languages].flatMap((language) => {
    const lacking = texts.filter(([, one]) => !Object.hasOwn(one, language)).map(([name]) => name);
    if (lacking.length === 0) return [];
    const have = lacking.length > 1 ? "have" : "has";
    const message = `Mixes languages: ${lacking.join(" and ")} ${have} no text in “${language}”, so English stands beside it.`;
    return [warning(rule, "missing_language", message)];
  });
};

/** A label is the text of a link. */
export const checkLabel: Check = (rule) => {
  if (rule.action.type !== "message" || !rule.action.label || rule.action.href) return [];
  return [warning(rule, "label_without_link", 'Has a label but no address to lead to; add "href".')];
};
