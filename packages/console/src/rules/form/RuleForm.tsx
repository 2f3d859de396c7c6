import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../../strings.ts";
import { Card } from "../../ui/parts.tsx";
import { ActionCard } from "./ActionCard.tsx";
import { ConditionEditor } from "./ConditionEditor.tsx";
import { GroupCard } from "./GroupCard.tsx";
import { ConsentCard, MeasureCard } from "./MeasureCard.tsx";
import { PlaceCard } from "./PlaceCard.tsx";
import { RampCard } from "./RampCard.tsx";
import { ScheduleCard } from "./ScheduleCard.tsx";

const text = strings.ruleForm;

/** A rule to fill in. It changes what it shows and keeps the rest as it is written. */
export function RuleForm(props: {
  rule: Rule;
  rules: readonly Rule[];
  onChange: (rule: Rule) => void;
  onChoosePlacement: () => void;
}): JSX.Element {
  const { rule, rules, onChange, onChoosePlacement } = props;
  return (
    <div class="stack" id="rule-form">
      <Card title={text.who} icon="person">
        <ConditionEditor when={rule.when} onChange={(when) => onChange({ ...rule, when })} />
      </Card>
      <ActionCard rule={rule} rules={rules} onChange={onChange} />
      <PlaceCard rule={rule} onChange={onChange} onChoosePlacement={onChoosePlacement} />
      <ScheduleCard rule={rule} onChange={onChange} />
      <ConsentCard rule={rule} onChange={onChange} />
      {rule.action.type !== "screen" && (
        <>
          <RampCard rule={rule} onChange={onChange} />
          <GroupCard rule={rule} rules={rules} onChange={onChange} />
          <MeasureCard rule={rule} onChange={onChange} />
        </>
      )}
    </div>
  );
}
