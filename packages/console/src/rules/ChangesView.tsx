import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { strings } from "../strings.ts";
import { Chip, Empty } from "../ui/parts.tsx";
import { diffRules } from "./diffRules.ts";

const text = strings.rules;
const TONES = { added: "good", removed: "bad", changed: "warn" } as const;
const SIGNS = { same: " ", added: "+", removed: "−" } as const;

/** What publishing would change, rule by rule. */
export function ChangesView({
  before,
  after,
}: {
  before: readonly Rule[];
  after: readonly Rule[];
}): JSX.Element {
  const changes = diffRules(before, after);
  if (changes.length === 0) return <Empty icon="check" title={text.noChanges} />;
  return (
    <ul class="list">
      {changes.map(({ id, kind, lines }) => (
        <li key={id}>
          <div class="rule">
            <h3 class="row">
              {id} <Chip tone={TONES[kind]}>{text[kind]}</Chip>
            </h3>
          </div>
          <pre class="diff" tabIndex={0}>
            {lines.map((line, i) => (
              <span key={i} class={line.kind}>
                {SIGNS[line.kind]} {line.text}
              </span>
            ))}
          </pre>
        </li>
      ))}
    </ul>
  );
}
