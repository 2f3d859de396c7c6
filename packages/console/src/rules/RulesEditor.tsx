import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { strings } from "../strings.ts";
import { Icon } from "../ui/Icon.tsx";
import type { DraftCheck } from "./useDraftCheck.ts";

const text = strings.rules;

/** A JSON editor that knows its lines: problems and findings stand at the line they are about. */
export function RulesEditor(props: {
  value: string;
  check: DraftCheck;
  onChange: (text: string) => void;
  onSave: () => void;
}): JSX.Element {
  const { value, check, onChange, onSave } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = value.split("\n").length;
  useLayoutEffect(() => {
    const box = area.current!;
    box.style.height = "0";
    box.style.height = `${box.scrollHeight + 4}px`;
  }, [value]);
  const typed = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      onSave();
    }
  };
  const goTo = (line: number) => {
    const start =
      value
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line > 1 ? 1 : 0);
    area.current!.focus();
    area.current!.setSelectionRange(start, start);
    area.current!.closest(".editor")?.scrollTo({ top: (line - 4) * 20 });
  };
  const marks = new Map([
    ...check.findings.map(({ line }) => [line, "odd"] as const),
    ...check.problems.map(({ line }) => [line, "wrong"] as const),
  ]);
  return (
    <>
      <div class="editor">
        <div class="gutter" aria-hidden="true">
          {Array.from({ length: lines }, (_, i) => (
            <span key={i} class={marks.get(i + 1)}>
              {i + 1}
            </span>
          ))}
        </div>
        <textarea
          ref={area}
          id="rules-json"
          aria-label={text.editorLabel}
          aria-invalid={check.problems.length > 0}
          aria-describedby="rules-problems"
          spellcheck={false}
          autocapitalize="off"
          wrap="off"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
          onKeyDown={typed}
        />
      </div>
      <div
        class="problems"
        id="rules-problems"
        aria-live="polite"
        hidden={check.problems.length + check.findings.length === 0}
      >
        {check.problems.length > 0 && <h3>{text.problems}</h3>}
        {check.problems.map((problem) => (
          <ProblemLine key={`${problem.path} ${problem.message}`} {...problem} onGo={goTo} />
        ))}
        {check.findings.length > 0 && <h3>{text.findings}</h3>}
        {check.findings.map((finding) => (
          <ProblemLine key={`${finding.path} ${finding.message}`} {...finding} onGo={goTo} />
        ))}
      </div>
    </>
  );
}

function ProblemLine(props: {
  line: number;
  message: string;
  path: string;
  isHint: boolean;
  onGo: (line: number) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class={props.isHint ? "problem odd" : "problem"}
      onClick={() => props.onGo(props.line)}
    >
      <Icon name={props.isHint ? "info" : "warning"} size={15} />
      <span>
        <span class="strong">{text.line(props.line)}</span> <code class="soft">{props.path}</code>
        <br />
        {props.message}
      </span>
    </button>
  );
}
