import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../../strings.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Card } from "../../ui/parts.tsx";
import { Field, NumberInput, TextInput } from "./fields.tsx";

const text = strings.ruleForm;

/** Highest number that the server takes, below zero too. */
const MAX_PRIORITY = 1_000;

/** Which slot a rule fills, and which rules it goes before. */
export function PlaceCard(props: {
  rule: Rule;
  onChange: (rule: Rule) => void;
  /** Shows a page of the shop, to choose there. */
  onChoosePlacement: () => void;
}): JSX.Element {
  const { rule, onChange, onChoosePlacement } = props;
  const isWrong = !/^[a-z0-9][\w.-]*$/i.test(rule.placement);
  return (
    <Card
      title={text.where}
      icon="grid"
      aside={
        rule.action.type !== "screen" && (
          <button type="button" class="small" onClick={onChoosePlacement}>
            <Icon name="eye" size={14} />
            {text.choosePlacement}
          </button>
        )
      }
    >
      <div class="field-row">
        <Field
          label={text.placement}
          hint={text.placementHint}
          error={isWrong ? text.placementWrong : undefined}
        >
          {(ids) => (
            <TextInput
              {...ids}
              value={rule.placement}
              list="known-placements"
              onText={(placement) => onChange({ ...rule, placement })}
            />
          )}
        </Field>
        <Field label={text.priority} hint={text.priorityHint}>
          {(ids) => (
            <NumberInput
              {...ids}
              value={rule.priority ?? 0}
              min={-MAX_PRIORITY}
              max={MAX_PRIORITY}
              wrong={text.needNumber}
              onNumber={(priority) => onChange({ ...rule, priority: Math.round(priority) })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
