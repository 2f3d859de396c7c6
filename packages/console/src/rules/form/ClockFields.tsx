import type { JSX } from "preact";
import { strings } from "../../strings.ts";
import type { Row } from "./conditionRow.ts";
import { Choice } from "./fields.tsx";
import { ZONES } from "./zones.ts";

const text = strings.ruleForm;

interface Props<R extends Row> {
  row: R;
  bound: { "aria-invalid"?: true; "aria-describedby"?: string };
  onRow: (row: Row) => void;
}

/** Whose clock is asked: a select, since a zone is spelled in one way alone. */
export function ZoneChoice(props: { zone: string; onZone: (zone: string) => void }): JSX.Element {
  const { zone, onZone } = props;
  // Names that this browser would write otherwise are as good.
  const all = zone === "local" || ZONES.includes(zone) ? ZONES : [zone, ...ZONES];
  return (
    <Choice
      aria-label={text.clockZone}
      value={zone}
      choices={[["local", text.localZone], ...all.map((one) => [one, one] as const)]}
      onChoose={onZone}
    />
  );
}

/** Between two full hours of a zone. */
export function HoursFields({ row, onRow }: Props<Row & { kind: "hours" }>): JSX.Element {
  const hour = (label: string, end: "from" | "to", first: number) => (
    <Choice
      aria-label={label}
      value={String(row[end])}
      choices={Array.from({ length: 24 }, (_, i) => [String(first + i), text.clock(first + i)] as const)}
      onChoose={(value) => onRow({ ...row, [end]: Number(value) })}
    />
  );
  return (
    <>
      {hour(text.hoursFrom, "from", 0)}
      <span class="soft">{text.says.and}</span>
      {hour(text.hoursTo, "to", 1)}
      <ZoneChoice zone={row.key} onZone={(key) => onRow({ ...row, key })} />
    </>
  );
}

/** Any of some days of the week in a zone. */
export function WeekdaysFields({ row, bound, onRow }: Props<Row & { kind: "weekdays" }>): JSX.Element {
  const toggled = (day: number) =>
    row.days.includes(day) ? row.days.filter((one) => one !== day) : [...row.days, day];
  return (
    <>
      <span class="days" role="group" aria-label={text.days} aria-describedby={bound["aria-describedby"]}>
        {text.weekdays.map((name, i) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={row.days.includes(i + 1)}
              onChange={() => onRow({ ...row, days: toggled(i + 1) })}
            />
            {name}
          </label>
        ))}
      </span>
      <ZoneChoice zone={row.key} onZone={(key) => onRow({ ...row, key })} />
    </>
  );
}
