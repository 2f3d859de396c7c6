import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { strings } from "../../strings.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { ACTION_FORMS } from "./actionForms.ts";
import { Choice, Field, TextInput } from "./fields.tsx";
import { idOfName, newRule } from "./newRule.ts";

const text = strings.ruleForm;

/** Asks what a new rule is called and what it does; the rest has a form of its own. */
export function NewRuleDialog(props: {
  rules: readonly Rule[];
  onClose: () => void;
  onCreate: (rule: Rule) => void;
}): JSX.Element {
  const [name, setName] = useState("");
  const [type, setType] = useState("continueCategory");
  const [isTried, setTried] = useState(false);
  const id = idOfName(name);
  const isTaken = props.rules.some((rule) => rule.id === id);
  const wrong = id === "" ? text.noName : isTaken ? text.taken(id) : undefined;
  const create = () => {
    setTried(true);
    if (!wrong) props.onCreate(newRule(id, type, ACTION_FORMS[type]!.placement));
  };
  return (
    <Dialog title={text.newTitle} onClose={props.onClose} confirm={{ label: text.create, onConfirm: create }}>
      <Field
        label={text.name}
        hint={id ? text.nameHint(id) : undefined}
        error={isTried || isTaken ? wrong : undefined}
      >
        {(ids) => <TextInput {...ids} value={name} placeholder={text.namePlaceholder} onText={setName} />}
      </Field>
      <Field label={text.doesWhat}>
        {(ids) => (
          <Choice
            {...ids}
            value={type}
            choices={Object.keys(ACTION_FORMS).map((one) => [one, text.actionNames[one]!] as const)}
            onChoose={setType}
          />
        )}
      </Field>
    </Dialog>
  );
}
