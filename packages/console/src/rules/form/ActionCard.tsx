import { safeUrl, type Action, type Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../../strings.ts";
import { Card } from "../../ui/parts.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { ACTION_FORMS, changeRuleAction, formOf, withField, type ActionField } from "./actionForms.ts";
import { Choice, Field, NumberInput, TextInput } from "./fields.tsx";
import { TextsField } from "./TextsField.tsx";

const text = strings.ruleForm;
const BY_HAND = "";
const MAX_PRODUCTS = 12;
const LISTS: Partial<Record<ActionField, string>> = { category: "known-categories", store: "known-stores" };

/** What a rule shows. */
export function ActionCard(props: {
  rule: Rule;
  rules: readonly Rule[];
  onChange: (rule: Rule) => void;
}): JSX.Element {
  const { rule, onChange } = props;
  const { action } = rule;
  const form = formOf(action);
  const setAction = (next: Action) => onChange({ ...rule, action: next });
  const types = Object.keys(ACTION_FORMS).map((type) => [type, text.actionNames[type]!] as const);
  return (
    <Card title={text.what} icon="spark">
      <div class="stack tight">
        <Field label={text.action} hint={form ? undefined : text.actionByHand}>
          {(ids) => (
            <Choice
              {...ids}
              value={form ? action.type : BY_HAND}
              choices={form ? types : [[BY_HAND, text.actionNames[action.type] ?? action.type], ...types]}
              onChoose={(type) => type && onChange(changeRuleAction(rule, type))}
            />
          )}
        </Field>
        {!form && <JsonView value={action} />}
        {form && (
          <div class="field-row">
            {form.fields.map((name) => (
              <ActionInput key={name} name={name} action={action} onAction={setAction} />
            ))}
          </div>
        )}
        <TextsField {...props} />
      </div>
    </Card>
  );
}

function ActionInput(props: {
  name: ActionField;
  action: Action;
  onAction: (action: Action) => void;
}): JSX.Element {
  const { name, action, onAction } = props;
  const value = (action as unknown as Record<string, unknown>)[name];
  const set = (next: string | number | undefined) => onAction(withField(action, name, next));
  if (name === "limit")
    return (
      <Field label={text.fields.limit}>
        {(ids) => (
          <NumberInput
            {...ids}
            value={typeof value === "number" ? value : 4}
            min={1}
            max={MAX_PRODUCTS}
            wrong={text.limitRange(MAX_PRODUCTS)}
            onNumber={set}
          />
        )}
      </Field>
    );
  if (name === "href")
    return <HrefInput value={typeof value === "string" ? value : ""} action={action} onHref={set} />;
  return (
    <WordInput name={name} action={action} value={typeof value === "string" ? value : ""} onWord={set} />
  );
}

/** One of a few words, or a word of the merchant's own. */
function WordInput(props: {
  name: Exclude<ActionField, "limit" | "href">;
  action: Action;
  value: string;
  onWord: (word: string | undefined) => void;
}): JSX.Element {
  const { name, action, value, onWord } = props;
  const { choices, required = [] } = formOf(action) ?? {};
  const offered = choices?.[name];
  const isRequired = required.includes(name);
  return (
    <Field label={text.fields[name]} error={value === "" && isRequired ? text.needValue : undefined}>
      {(ids) =>
        offered ? (
          <Choice
            {...ids}
            value={value}
            choices={offered.map((one) => [one, text.listNames[one]!] as const)}
            onChoose={onWord}
          />
        ) : (
          <TextInput
            {...ids}
            value={value}
            list={LISTS[name]}
            onText={(next) => onWord(next === "" && !isRequired ? undefined : next)}
          />
        )
      }
    </Field>
  );
}

function HrefInput(props: {
  value: string;
  action: Action;
  onHref: (href: string | undefined) => void;
}): JSX.Element {
  const { value, action, onHref } = props;
  const isRequired = formOf(action)?.required.includes("href");
  const isWrong = value === "" ? isRequired : !safeUrl(value.replace("{category}", "x"));
  return (
    <Field
      label={text.fields.href}
      hint={text.fields.hrefHint}
      error={isWrong ? text.fields.hrefHint : undefined}
    >
      {(ids) => (
        <TextInput
          {...ids}
          value={value}
          list="known-paths"
          onText={(href) => onHref(href === "" && !isRequired ? undefined : href)}
        />
      )}
    </Field>
  );
}
