import type { JsonObject } from "@vitrine/core";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { strings } from "../../strings.ts";
import { Icon } from "../../ui/Icon.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { conditionOfRow, firstRow, rowOf, withOperator, type Row, type Window } from "./conditionRow.ts";
import { HoursFields, WeekdaysFields, ZoneChoice } from "./ClockFields.tsx";
import { FACTS, WINDOWS, factOf, hasKey, hasZone, type Operator } from "./facts.ts";
import { Choice, ListInput, NumberInput, TextInput } from "./fields.tsx";
import { listId } from "./suggestions.tsx";

const text = strings.ruleForm;

const FACT_CHOICES = FACTS.map(({ id }) => [id, text.facts[id]!] as const);

/** One condition: a row to fill in, or what was written by hand. */
export function ConditionRow(props: {
  json: JsonObject;
  onChange: (json: JsonObject) => void;
  onRemove: () => void;
}): JSX.Element {
  const row = rowOf(props.json);
  const note = useId();
  const wrong = row && problemOf(row);
  return (
    <li class="condition">
      {row ? (
        <div class="condition-fields">
          <Choice
            aria-label={text.field}
            value={row.fact}
            choices={FACT_CHOICES}
            onChoose={(fact) => props.onChange(conditionOfRow(firstRow(fact)))}
          />
          <RowFields
            row={row}
            bound={wrong ? { "aria-invalid": true, "aria-describedby": note } : {}}
            onRow={(next) => props.onChange(conditionOfRow(next))}
          />
          {wrong && (
            <span id={note} class="field-error">
              {wrong}
            </span>
          )}
        </div>
      ) : (
        <div class="stack tight grow">
          <p class="soft small">{text.byHand}</p>
          <JsonView value={props.json} />
        </div>
      )}
      <button type="button" class="small quiet" aria-label={text.removeCondition} onClick={props.onRemove}>
        <Icon name="cross" size={15} />
      </button>
    </li>
  );
}

/** What keeps a row from meaning anything, in words that say what to do. */
function problemOf(row: Row): string | undefined {
  if (row.kind === "choice") return undefined;
  if (hasKey(factOf(row.fact))) {
    if (row.key.trim() === "") return text.needKey;
    if (row.key.includes(".")) return text.noDot;
  }
  if (row.kind === "weekdays" && row.days.length === 0) return text.needDay;
  const isEmpty = row.kind === "value" && (row.value === "" || (Array.isArray(row.value) && !row.value[0]));
  const asks = row.kind === "value" && row.operator !== "known" && row.operator !== "unknown";
  return isEmpty && asks ? text.needValue : undefined;
}

interface FieldsProps<R extends Row> {
  row: R;
  bound: { "aria-invalid"?: true; "aria-describedby"?: string };
  onRow: (row: Row) => void;
}

function RowFields({ row, ...props }: FieldsProps<Row>): JSX.Element {
  if (row.kind === "choice") return <ChoiceFields row={row} {...props} />;
  if (row.kind === "hours") return <HoursFields row={row} {...props} />;
  if (row.kind === "weekdays") return <WeekdaysFields row={row} {...props} />;
  return row.kind === "count" ? <CountFields row={row} {...props} /> : <ValueFields row={row} {...props} />;
}

function ChoiceFields({ row, onRow }: FieldsProps<Row & { kind: "choice" }>): JSX.Element {
  const choices = Object.entries(text.choices[row.fact]!);
  return (
    <Choice
      aria-label={text.choice}
      value={row.choice}
      choices={choices}
      onChoose={(choice) => onRow({ ...row, choice })}
    />
  );
}

function CountFields({ row, bound, onRow }: FieldsProps<Row & { kind: "count" }>): JSX.Element {
  return (
    <>
      <KeyInput row={row} bound={bound} onRow={onRow} />
      <Choice
        aria-label={text.operator}
        value={row.operator}
        choices={Object.entries(text.counts) as ["atLeast" | "fewer", string][]}
        onChoose={(operator) => onRow({ ...row, operator })}
      />
      <NumberInput
        aria-label={text.times}
        value={row.times}
        min={1}
        wrong={text.needNumber}
        onNumber={(times) => onRow({ ...row, times })}
      />
      <Choice
        aria-label={text.window}
        value={row.window}
        choices={WINDOWS.map((one) => [one, text.windows[one]] as [Window, string])}
        onChoose={(window) => onRow({ ...row, window })}
      />
    </>
  );
}

function ValueFields({ row, bound, onRow }: FieldsProps<Row & { kind: "value" }>): JSX.Element {
  const fact = factOf(row.fact);
  const operators = fact.kind === "text" || fact.kind === "number" ? fact.operators : [];
  return (
    <>
      <KeyInput row={row} bound={bound} onRow={onRow} />
      {operators.length > 1 && (
        <Choice
          aria-label={text.operator}
          value={row.operator}
          choices={operators.map((one) => [one, text.operators[one]] as [Operator, string])}
          onChoose={(operator) => onRow(withOperator(row, operator))}
        />
      )}
      <ValueInput row={row} bound={bound} onRow={onRow} />
    </>
  );
}

function ValueInput({ row, bound, onRow }: FieldsProps<Row & { kind: "value" }>): JSX.Element | null {
  const fact = factOf(row.fact);
  const common = { "aria-label": text.value, ...bound };
  if (row.operator === "known" || row.operator === "unknown") return null;
  if (fact.kind === "number")
    return (
      <NumberInput
        {...common}
        value={Number(row.value)}
        wrong={text.needNumber}
        onNumber={(value) => onRow({ ...row, value })}
      />
    );
  const list = fact.kind === "text" ? listId(fact.suggested) : undefined;
  return row.operator === "oneOf" || row.operator === "noneOf" ? (
    <ListInput
      {...common}
      value={[row.value].flat().map(String)}
      list={list}
      onList={(value) => onRow({ ...row, value })}
    />
  ) : (
    <TextInput
      {...common}
      value={String(row.value)}
      list={list}
      onText={(value) => onRow({ ...row, value })}
    />
  );
}

function KeyInput({ row, bound, onRow }: FieldsProps<Row & { kind: "count" | "value" }>): JSX.Element | null {
  const fact = factOf(row.fact);
  if (hasZone(fact)) return <ZoneChoice zone={row.key} onZone={(key) => onRow({ ...row, key })} />;
  if (fact.kind !== "count" && fact.kind !== "text" && fact.kind !== "number") return null;
  if (!hasKey(fact)) return null;
  return (
    <TextInput
      aria-label={text.keys[row.fact]!}
      placeholder={text.keys[row.fact]!}
      {...bound}
      value={row.key}
      list={listId(fact.suggestedKeys)}
      onText={(key) => onRow({ ...row, key })}
    />
  );
}
