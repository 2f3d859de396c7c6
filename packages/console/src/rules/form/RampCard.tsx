import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../../strings.ts";
import { Card } from "../../ui/parts.tsx";
import { Field, NumberInput } from "./fields.tsx";
import { DEFAULT_RAMP, percentOf, withRamp } from "./ramp.ts";

const text = strings.ruleForm;

/** To which share of the visitors a rule is shown first. */
export function RampCard({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }): JSX.Element {
  const { ramp } = rule;
  return (
    <Card title={text.rollOut} icon="filter">
      <div class="stack tight">
        <label class="check">
          <input
            type="checkbox"
            checked={ramp !== undefined}
            onChange={() => onChange(withRamp(rule, ramp === undefined ? DEFAULT_RAMP : undefined))}
          />
          {text.ramp}
        </label>
        {ramp !== undefined && (
          <Field label={text.rampShare} hint={text.rampHint}>
            {(ids) => (
              <NumberInput
                {...ids}
                value={percentOf(ramp)}
                min={0.1}
                max={100}
                wrong={text.rampRange}
                onNumber={(percent) => onChange(withRamp(rule, percent / 100))}
              />
            )}
          </Field>
        )}
      </div>
    </Card>
  );
}
