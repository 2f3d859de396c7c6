import type { JsonObject } from "@vitrine/core";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { strings } from "../../strings.ts";
import { Icon } from "../../ui/Icon.tsx";
import { ConditionRow } from "./ConditionRow.tsx";
import {
  addPart,
  conditionOfTree,
  isGroup,
  replacePart,
  treeOfCondition,
  type Group,
  type Join,
  type Part,
  type Place,
} from "./conditionTree.ts";
import { conditionOfRow, firstRow } from "./conditionRow.ts";
import { Choice } from "./fields.tsx";

const text = strings.ruleForm;

const FIRST: Part = { json: conditionOfRow(firstRow("visitor")) };

/** Who sees a rule, as rows and groups of them. */
export function ConditionEditor(props: {
  when: JsonObject | undefined;
  onChange: (when: JsonObject) => void;
}): JSX.Element {
  const root = treeOfCondition(props.when);
  const change = (next: Group) => props.onChange(next.parts.length > 0 ? conditionOfTree(next) : {});
  return (
    <GroupView
      group={root}
      place={[]}
      onPart={(place, part) => change(replacePart(root, place, part))}
      onAdd={(place, part) => change(addPart(root, place, part))}
    />
  );
}

interface GroupProps {
  group: Group;
  place: Place;
  onPart: (place: Place, part: Part | undefined) => void;
  onAdd: (place: Place, part: Part) => void;
}

function GroupView({ group, place, onPart, onAdd }: GroupProps): JSX.Element {
  const { join, parts } = group;
  const { box, moveTo } = useMovingFocus();
  const add = (part: Part) => {
    moveTo("last");
    onAdd(place, part);
  };
  const remove = (index: number) => {
    moveTo("add");
    onPart([...place, index], undefined);
  };
  return (
    <div class="condition-group" role="group" aria-label={text.groupLabel} ref={box}>
      {parts.length === 0 ? (
        <p class="soft">{text.everybody}</p>
      ) : (
        <JoinChoice join={join} onJoin={(next) => onPart(place, { ...group, join: next })} />
      )}
      <ul class="conditions">
        {parts.map((part, index) => {
          const at = [...place, index];
          return isGroup(part) ? (
            <li key={index} class="condition">
              <GroupView group={part} place={at} onPart={onPart} onAdd={onAdd} />
              <button
                type="button"
                class="small quiet"
                aria-label={text.removeGroup}
                onClick={() => remove(index)}
              >
                <Icon name="cross" size={15} />
              </button>
            </li>
          ) : (
            <ConditionRow
              key={index}
              json={part.json}
              onChange={(json) => onPart(at, { json })}
              onRemove={() => remove(index)}
            />
          );
        })}
      </ul>
      <div class="row">
        <button type="button" class="small" onClick={() => add(FIRST)}>
          <Icon name="plus" size={14} />
          {text.addCondition}
        </button>
        {parts.length > 0 && place.length < 2 && (
          <button
            type="button"
            class="small quiet"
            onClick={() => add({ join: join === "all" ? "any" : "all", parts: [FIRST] })}
          >
            {text.addGroup}
          </button>
        )}
      </div>
    </div>
  );
}

function JoinChoice({ join, onJoin }: { join: Join; onJoin: (join: Join) => void }): JSX.Element {
  return (
    <label class="row">
      {text.joinLabel}
      <Choice value={join} choices={Object.entries(text.joins) as [Join, string][]} onChoose={onJoin} />
    </label>
  );
}

/** Who adds a row goes on in it; who removes one is not thrown to the top of the page. */
function useMovingFocus() {
  const box = useRef<HTMLDivElement>(null);
  const next = useRef<"last" | "add" | undefined>(undefined);
  useLayoutEffect(() => {
    const rows = ":scope > .conditions > li:last-child select";
    const selector = next.current === "last" ? rows : ":scope > .row:last-child > button";
    if (next.current) box.current?.querySelector<HTMLElement>(selector)?.focus();
    next.current = undefined;
  });
  return { box, moveTo: (to: "last" | "add") => void (next.current = to) };
}
