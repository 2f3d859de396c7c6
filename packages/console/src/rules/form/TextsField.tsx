import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { strings } from "../../strings.ts";
import { Notice } from "../../ui/parts.tsx";
import { formOf, type TextName } from "./actionForms.ts";
import { Choice, Field, TextInput } from "./fields.tsx";
import { languagesOf, missingIn, OFFERED_LANGUAGES, ruleText, withText } from "./ruleTexts.ts";

const text = strings.ruleForm;

/** The server takes no longer ones. */
const MAX_TEXT_CHARS = 300;

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "code" });
const nameOf = (language: string): string => {
  try {
    return languageNames.of(language) ?? language;
  } catch {
    return language; // no language tag: the check says so
  }
};

/** What a shopper reads, a language at a time; languages that lack a text say so. */
export function TextsField(props: {
  rule: Rule;
  /** All rules of the draft: their languages are the shop's. */
  rules: readonly Rule[];
  onChange: (rule: Rule) => void;
}): JSX.Element | null {
  const { rule, rules, onChange } = props;
  const [added, setAdded] = useState<readonly string[]>([]);
  const [chosen, choose] = useState("en");
  const form = formOf(rule.action);
  if (!form || form.texts.length === 0) return null;
  const languages = [...new Set([...languagesOf(rules), ...added])];
  const language = languages.includes(chosen) ? chosen : "en";
  const others = OFFERED_LANGUAGES.filter((one) => !languages.includes(one));
  const add = (next: string) => {
    setAdded([...added, next]);
    choose(next);
  };
  return (
    <fieldset class="stack tight">
      <legend class="strong">{text.texts}</legend>
      <div class="row">
        <div class="segments" role="group" aria-label={text.texts}>
          {languages.map((one) => (
            <LanguageButton
              key={one}
              language={one}
              missing={missingIn(rule, one).length}
              isChosen={one === language}
              onChoose={choose}
            />
          ))}
        </div>
        {others.length > 0 && (
          <Choice
            aria-label={text.addLanguage}
            value=""
            choices={[["", text.addLanguage], ...others.map((one) => [one, nameOf(one)] as const)]}
            onChoose={(next) => next && add(next)}
          />
        )}
      </div>
      <MissingNotice rule={rule} language={language} />
      {form.texts.map((name) => (
        <TextOfLanguage key={name} rule={rule} name={name} language={language} onChange={onChange} />
      ))}
      {form.fills.length > 0 && (
        <p class="soft small">{text.fills(form.fills.map((one) => `{${one}}`).join(", "))}</p>
      )}
    </fieldset>
  );
}

function LanguageButton(props: {
  language: string;
  missing: number;
  isChosen: boolean;
  onChoose: (language: string) => void;
}): JSX.Element {
  const { language, missing, isChosen, onChoose } = props;
  const name = nameOf(language);
  return (
    <button type="button" aria-pressed={isChosen} onClick={() => onChoose(language)}>
      {name} {missing > 0 && <span class="chip warn">{text.tabMissing(missing)}</span>}
    </button>
  );
}

function MissingNotice({ rule, language }: { rule: Rule; language: string }): JSX.Element | null {
  const missing = missingIn(rule, language);
  if (missing.length === 0) return null;
  const names = missing.map((name) => text.textNames[name]).join(", ");
  return <Notice tone="warn">{language === "en" ? text.missingEnglish(names) : text.missing(names)}</Notice>;
}

function TextOfLanguage(props: {
  rule: Rule;
  name: TextName;
  language: string;
  onChange: (rule: Rule) => void;
}): JSX.Element {
  const { rule, name, language, onChange } = props;
  const value = ruleText(rule, name)?.[language] ?? "";
  const isNeeded = language === "en" && formOf(rule.action)?.required.includes(name) && value === "";
  return (
    <Field
      label={text.textNames[name]}
      hint={name === "because" ? text.becauseHint : undefined}
      error={
        isNeeded ? text.needValue : value.length > MAX_TEXT_CHARS ? text.tooLong(MAX_TEXT_CHARS) : undefined
      }
    >
      {(ids) => (
        <span lang={language} class="grow-field">
          <TextInput
            {...ids}
            value={value}
            onText={(next) => onChange(withText(rule, name, language, next))}
          />
        </span>
      )}
    </Field>
  );
}
