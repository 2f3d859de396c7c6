import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { strings } from "../../strings.ts";
import { formatFineShare } from "../../ui/format.ts";
import { Card } from "../../ui/parts.tsx";
import { freePercent, groupsOf, percentOfPart, withoutPart, withPart } from "./exclusive.ts";
import { Field, NumberInput, TextInput } from "./fields.tsx";

const text = strings.ruleForm;

/** The group whose rules never meet in a visitor, and the rule's part of it. */
export function GroupCard(props: {
  rule: Rule;
  rules: readonly Rule[];
  onChange: (rule: Rule) => void;
}): JSX.Element {
  const { rule, rules, onChange } = props;
  const { exclusive } = rule;
  /** What was typed and has no room. */
  const [refused, setRefused] = useState<{ group: string; percent?: number }>();
  const known = useId();
  const isIn = exclusive !== undefined || refused !== undefined;
  const take = (asked: { group: string; percent?: number }) => {
    const changed = asked.group === "" ? undefined : withPart(rule, rules, asked);
    setRefused(changed ? undefined : asked);
    if (changed) onChange(changed);
  };
  const toggle = () => {
    setRefused(undefined);
    if (isIn) onChange(withoutPart(rule));
    else take({ group: groupsOf(rules)[0] ?? text.firstGroup });
  };
  const group = refused?.group ?? exclusive?.group ?? "";
  const left = text.groupFree(formatFineShare(freePercent(rule, rules, group) / 100));
  return (
    <Card title={text.apart} icon="filter">
      <div class="stack tight">
        <label class="check">
          <input type="checkbox" checked={isIn} onChange={toggle} />
          {text.exclusive}
        </label>
        {isIn && (
          <>
            <Field
              label={text.group}
              hint={text.groupHint}
              error={refused && (group === "" ? text.groupName : left)}
            >
              {(ids) => (
                <TextInput
                  {...ids}
                  list={known}
                  value={group}
                  onText={(typed) => take({ group: typed.trim() })}
                />
              )}
            </Field>
            <datalist id={known}>
              {groupsOf(rules).map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
            {exclusive && (
              <Field label={text.groupShare} hint={left}>
                {(ids) => (
                  <NumberInput
                    {...ids}
                    value={percentOfPart(exclusive)}
                    min={0.1}
                    max={100}
                    wrong={text.groupRange}
                    onNumber={(percent) => take({ group: exclusive.group, percent })}
                  />
                )}
              </Field>
            )}
          </>
        )}
      </div>
    </Card>
  );
}
