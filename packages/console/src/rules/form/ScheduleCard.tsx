import { isTimeZone, type Cap, type Rule, type Schedule } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../../strings.ts";
import { Card } from "../../ui/parts.tsx";
import { Choice, Field, NumberInput, TextInput } from "./fields.tsx";
import { OWN_ZONE, ZONES } from "./zones.ts";

const text = strings.ruleForm;

/** A rule with another schedule or cap, or without. */
function withPart(rule: Rule, name: "schedule" | "cap", value: Schedule | Cap | undefined): Rule {
  const { [name]: _old, ...rest } = rule;
  return value === undefined ? rest : { ...rule, [name]: value };
}

/** From when until when a rule is shown, and how often at most. */
export function ScheduleCard({
  rule,
  onChange,
}: {
  rule: Rule;
  onChange: (rule: Rule) => void;
}): JSX.Element {
  const schedule = rule.schedule ?? {};
  const setSchedule = (change: Schedule) => {
    const { from, to, timeZone } = { ...schedule, ...change };
    const next = { ...(from && { from }), ...(to && { to }), ...(timeZone && (from || to) && { timeZone }) };
    onChange(withPart(rule, "schedule", from || to ? next : undefined));
  };
  const ends = [
    ["from", text.from],
    ["to", text.to],
  ] as const;
  return (
    <Card title={text.whenShown} icon="clock">
      <div class="stack tight">
        <div class="field-row">
          {ends.map(([end, label]) => (
            <DateInput
              key={end}
              label={label}
              moment={schedule[end] ?? ""}
              onDate={(date) => setSchedule({ [end]: date, timeZone: schedule.timeZone ?? OWN_ZONE })}
            />
          ))}
          {(schedule.from || schedule.to) && (
            <ZoneInput zone={schedule.timeZone ?? "UTC"} onZone={(timeZone) => setSchedule({ timeZone })} />
          )}
        </div>
        {rule.action.type !== "screen" && (
          <CapInput cap={rule.cap} onCap={(cap) => onChange(withPart(rule, "cap", cap))} />
        )}
      </div>
    </Card>
  );
}

function DateInput(props: { label: string; moment: string; onDate: (date: string) => void }): JSX.Element {
  const { label, moment, onDate } = props;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(moment);
  return (
    <Field label={label} hint={moment && !isDay ? text.momentByHand(moment) : undefined}>
      {(ids) => (
        <input
          type="date"
          {...ids}
          value={isDay ? moment : ""}
          onInput={(event) => onDate(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

function ZoneInput({ zone, onZone }: { zone: string; onZone: (zone: string) => void }): JSX.Element {
  return (
    <Field label={text.zone} hint={text.zoneHint} error={isTimeZone(zone) ? undefined : text.zoneWrong}>
      {(ids) => (
        <>
          <TextInput {...ids} value={zone} list="known-zones" onText={onZone} />
          <datalist id="known-zones">
            {ZONES.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

function CapInput({
  cap,
  onCap,
}: {
  cap: Cap | undefined;
  onCap: (cap: Cap | undefined) => void;
}): JSX.Element {
  const choices = Object.entries(text.caps) as [Cap["per"] | "none", string][];
  return (
    <div class="field-row">
      {cap && (
        <Field label={text.capMax}>
          {(ids) => (
            <NumberInput
              {...ids}
              value={cap.max}
              min={1}
              max={1_000}
              wrong={text.needNumber}
              onNumber={(max) => onCap({ ...cap, max: Math.round(max) })}
            />
          )}
        </Field>
      )}
      <Field label={text.cap}>
        {(ids) => (
          <Choice
            {...ids}
            value={cap?.per ?? "none"}
            choices={choices}
            onChoose={(per) => onCap(per === "none" ? undefined : { per, max: cap?.max ?? 3 })}
          />
        )}
      </Field>
    </div>
  );
}
