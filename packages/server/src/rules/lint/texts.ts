import type { Rule, Texts } from "@vitrine/core";
import type { Check } from "./finding.ts";

/** What the texts of an action may name. */
const NAMES: Record<Rule["action"]["type"], readonly string[]> = {
  continueCategory: ["category"],
  resume: ["count"],
  prefill: ["size"],
  message: [],
  value: [],
};

/** The texts of a rule by where they stand. */
function textsOf({ action, because }: Rule): [name: string, texts: Texts][] {
  const { title, text, label } = "title" in action || "text" in action || "label" in action ? action : {};
  return Object.entries({ title, text, label, because }).filter(
    (entry): entry is [string, Texts] => entry[1] !== undefined,
  );
}

/** A `{name}` that nothing fills stays in the text as it stands. */
export const checkNames: Check = (rule) => {
  const known = NAMES[rule.action.type];
  const found = textsOf(rule).flatMap(([, texts]) =>
    Object.values(texts).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)]),
  );
  const unknown = [...new Set(found.map(([, name = ""]) => name))].filter((name) => !known.includes(name));
  return unknown.map((name) => {
    const hint =
      known.length > 0
        ? `It can name ${known.map((one) => `{${one}}`).join(", ")}.`
        : "Its texts can name nothing.";
    return {
      rule: rule.id,
      code: "unknown_name",
      message: `Shoppers would read “{${name}}” as it stands. ${hint}`,
    };
  });
};

/** A language that some texts of a rule have and others lack would mix two languages on one page. */
export const checkLanguages: Check = (rule) => {
  const texts = textsOf(rule);
  const languages = new Set(texts.flatMap(([, one]) => Object.keys(one)));
  return [...languages].flatMap((language) => {
    const lacking = texts.filter(([, one]) => !Object.hasOwn(one, language)).map(([name]) => name);
    if (lacking.length === 0) return [];
    const message = `Mixes languages: ${lacking.join(" and ")} ${lacking.length > 1 ? "have" : "has"} no text in “${language}”, so English stands beside it.`;
    return [{ rule: rule.id, code: "missing_language", message }];
  });
};

/** A label is the text of a link. */
export const checkLabel: Check = (rule) => {
  if (rule.action.type !== "message" || !rule.action.label || rule.action.href) return [];
  return [
    {
      rule: rule.id,
      code: "label_without_link",
      message: 'Has a label but no address to lead to; add "href".',
    },
  ];
};
