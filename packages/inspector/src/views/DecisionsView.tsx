import type { ClauseTrace, Decision, RuleTrace } from "@vitrine/core";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { placementsOf, type Inspection } from "../createInspection.ts";
import { nameOf } from "../eventLog.ts";
import { Tree } from "../parts/Tree.tsx";
import { strings } from "../strings.ts";

const text = strings.decisions;

/** What the decisions view is of. */
export interface DecisionsViewProps {
  inspection: Inspection;
  /** Shows an event in the list of events. */
  onEvent: (messageId: string) => void;
}

/** What stands in each placement of the page and why; and of each rule that does not apply, why not. */
export function DecisionsView({ inspection, onEvent }: DecisionsViewProps): JSX.Element {
  const { decisions, revision, vitrine } = inspection;
  useEffect(inspection.decideAll, [revision, vitrine]);
  const placements = new Set([...placementsOf(document), ...decisions.keys()]);
  const shown = [...placements].flatMap((placement) => decisions.get(placement) ?? []);
  if (shown.length === 0) return <p class="empty">{text.none}</p>;
  return (
    <ul class="cards">
      {shown.map((decision) => (
        <DecisionCard
          key={decision.placement}
          decision={decision}
          inspection={inspection}
          onEvent={onEvent}
        />
      ))}
    </ul>
  );
}

function DecisionCard(props: DecisionsViewProps & { decision: Decision }): JSX.Element {
  const { decision, inspection, onEvent } = props;
  const { placement, reason, outcome, rule, variant, version, because, evidence, trace } = decision;
  return (
    <li class="card">
      <h2>{placement}</h2>
      <p class="chips">
        <span class={outcome ? "chip good" : "chip"}>{outcome ? outcome.type : text.shopDefault}</span>
        <span>
          <code>{reason}</code> <span class="soft">{text.reasons[reason] ?? ""}</span>
        </span>
        {rule !== undefined && <code>{variant === undefined ? rule : `${rule} · ${variant}`}</code>}
        {version !== undefined && <span class="soft">{text.version(version)}</span>}
      </p>
      {because && <p class="because">“{because}”</p>}
      {evidence.length > 0 && (
        <p class="chips">
          <span class="soft">{text.evidence}</span>
          {evidence.map((id) => {
            const known = inspection.log.find(id);
            return (
              <button key={id} type="button" class="chip link" title={id} onClick={() => onEvent(id)}>
                {(known && nameOf(known)) ?? id}
              </button>
            );
          })}
        </p>
      )}
      {outcome && (
        <details>
          <summary class="soft">{text.outcome}</summary>
          <Tree value={outcome} />
        </details>
      )}
      <p class="soft">{trace.length === 0 ? text.noRules : text.rules(trace.length)}</p>
      {trace.map((one) => (
        <RuleLine key={one.rule} trace={one} />
      ))}
    </li>
  );
}

function RuleLine({ trace: { rule, result, code, clauses } }: { trace: RuleTrace }): JSX.Element {
  return (
    <div class="rule">
      <p>
        <Mark isGood={result === "won"} /> <code class="strong">{rule}</code>{" "}
        <span class={result === "won" ? "good" : "soft"}>{text.results[result] ?? result}</span>{" "}
        {code && <code>{code}</code>}
      </p>
      {clauses.length > 0 && (
        <ul>
          {clauses.map((clause, at) => (
            <ClauseLine key={at} clause={clause} />
          ))}
        </ul>
      )}
    </div>
  );
}

function ClauseLine({ clause }: { clause: ClauseTrace }): JSX.Element {
  const { matched, seen } = clause;
  return (
    <li>
      <Mark isGood={matched} /> <code>{text.clause(clause)}</code>{" "}
      <span class="soft">
        {text.saw} <code>{seen === undefined ? text.nothing : JSON.stringify(seen)}</code>
      </span>
    </li>
  );
}

/** Holds or not; the words beside it say it too. */
function Mark({ isGood }: { isGood: boolean }): JSX.Element {
  return (
    <span class={isGood ? "mark good" : "mark bad"} role="img" aria-label={isGood ? "yes" : "no"}>
      {isGood ? "✓" : "✕"}
    </span>
  );
}
