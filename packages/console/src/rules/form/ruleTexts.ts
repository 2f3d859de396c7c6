import type { Rule, Texts } from "@vitrine/core";
import { formOf, textsOf, withField, type TextName } from "./actionForms.ts";

/** Languages that a shop is offered besides its own. */
export const OFFERED_LANGUAGES: readonly string[] = ["en", "de", "fr", "es", "pl", "zh-Hans", "zh-Hant"];

/** A text of a rule, wherever it stands. */
export const ruleText = (rule: Rule, name: TextName): Texts | undefined =>
  name === "because" ? rule.because : textsOf(rule.action, name);

/** The rule with another text in a language; an empty one takes the language out, the last one the text. */
export function withText(rule: Rule, name: TextName, language: string, text: string): Rule {
  const { [language]: _old, ...others } = ruleText(rule, name) ?? {};
  const isOld = Object.hasOwn(ruleText(rule, name) ?? {}, language);
  const texts =
    text === ""
      ? others
      : isOld
        ? { ...ruleText(rule, name), [language]: text }
        : { ...others, [language]: text };
  const value = Object.keys(texts).length > 0 ? texts : undefined;
  if (name !== "because") return { ...rule, action: withField(rule.action, name, value) };
  const { because: _because, ...rest } = rule;
  return value ? { ...rule, because: value } : rest;
}

/** Languages that any text of any rule has, English first. */
export function languagesOf(rules: readonly Rule[]): string[] {
  const names: readonly TextName[] = ["title", "text", "label", "low", "high", "thanks", "because"];
  const found = rules.flatMap((rule) => names.flatMap((name) => Object.keys(ruleText(rule, name) ?? {})));
  return [...new Set(["en", ...found.sort()])];
}

/** The texts that a rule has in some language but not in this one. */
export function missingIn(rule: Rule, language: string): TextName[] {
  const names = formOf(rule.action)?.texts ?? [];
  return names.filter((name) => {
    const texts = ruleText(rule, name);
    return texts && !texts[language];
  });
}
