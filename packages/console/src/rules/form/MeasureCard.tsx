import { type Purpose, type Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../../strings.ts";
import { Card } from "../../ui/parts.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Field, NumberInput } from "./fields.tsx";
import { DEFAULT_HOLDOUT, holdoutOf, splitOf } from "./holdout.ts";

const text = strings.ruleForm;

/** `camera` is asked for at a mirror only. */
const OFFERED: readonly Purpose[] = ["personalization", "marketing", "analytics"];

/** What shoppers must have agreed to. */
export function ConsentCard({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }): JSX.Element {
  const purposes = rule.purposes ?? ["personalization"];
  const offered = [...OFFERED, ...purposes.filter((one) => !OFFERED.includes(one))];
  const toggle = (purpose: Purpose) =>
    onChange({
      ...rule,
      purposes: purposes.includes(purpose)
        ? purposes.filter((one) => one !== purpose)
        : [...purposes, purpose],
    });
  return (
    <Card title={text.purposes} icon="shield">
      <fieldset class="row" aria-label={text.purposes}>
        {offered.map((purpose) => (
          <label key={purpose} class="check">
            <input type="checkbox" checked={purposes.includes(purpose)} onChange={() => toggle(purpose)} />
            {strings.customer.purposes[purpose]}
          </label>
        ))}
      </fieldset>
      {purposes.length === 0 && <p class="soft small">{text.purposesNone}</p>}
    </Card>
  );
}

/** Which share of the visitors does not see a rule, so that its effect can be told. */
export function MeasureCard({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }): JSX.Element {
  const split = splitOf(rule);
  const setShare = (share: number | undefined) => {
    const { experiment: _old, ...rest } = rule;
    onChange(share === undefined ? rest : { ...rule, experiment: holdoutOf(rule, share) });
  };
  return (
    <Card title={text.measure} icon="ruler">
      {split.kind === "byHand" ? (
        <div class="stack tight">
          <p class="soft small">{text.splitByHand}</p>
          <JsonView value={rule.experiment} />
        </div>
      ) : (
        <div class="stack tight">
          <label class="check">
            <input
              type="checkbox"
              checked={split.kind === "holdout"}
              onChange={() => setShare(split.kind === "holdout" ? undefined : DEFAULT_HOLDOUT)}
            />
            {text.holdout}
          </label>
          {split.kind === "holdout" && (
            <Field label={text.holdoutShare} hint={text.holdoutHint}>
              {(ids) => (
                <NumberInput
                  {...ids}
                  value={Math.round(split.share * 1_000) / 10}
                  min={1}
                  max={90}
                  wrong={text.holdoutRange}
                  onNumber={(percent) => setShare(percent / 100)}
                />
              )}
            </Field>
          )}
        </div>
      )}
    </Card>
  );
}
