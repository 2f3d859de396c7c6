import {
  localText,
  type Decision,
  type Outcome,
  type Rule,
  type Ruleset,
  type RuleTrace,
  type UsualSize,
} from "@vitrine/core";
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Customer, IdentityRef } from "../api/types.ts";
import { wordsOfClause } from "../rules/wordsOfCondition.ts";
import { strings } from "../strings.ts";
import { Icon } from "../ui/Icon.tsx";
import { Card, Chip, Empty, Segments } from "../ui/parts.tsx";
import { Thumbnail } from "../ui/Thumbnail.tsx";
import { decideFor, sizePages } from "./decideFor.ts";

const text = strings.customer;

/** What each placement shows this customer now, and why: rule by rule, condition by condition. */
export function DecisionsCard(props: {
  customer: Customer;
  ruleset: Ruleset | undefined;
  identity: IdentityRef;
}): JSX.Element {
  const { customer, ruleset, identity } = props;
  const [isNewSession, setNewSession] = useState(true);
  const [address, setAddress] = useState("/");
  const pages = useMemo(() => sizePages(customer.profile.sizes), [customer]);
  const [pageIndex, setPageIndex] = useState(0);
  const product = pages[pageIndex]?.product;
  const decisions = useMemo(() => {
    const imagined = { isNewSession, address, language: "en", ...(product ? { product } : {}) };
    return ruleset ? decideFor(ruleset, customer.fold, identity.id, imagined, customer.now) : [];
  }, [ruleset, customer, isNewSession, address, product]);
  return (
    <Card title={text.decisions} icon="spark" flush>
      <div class="card-body stack tight">
        <p class="soft small">{text.decisionsLead}</p>
        <div class="row">
          <Segments
            label={text.newVisit}
            value={isNewSession ? "new" : "same"}
            choices={[
              ["new", text.newVisit],
              ["same", text.sameVisit],
            ]}
            onChoose={(value) => setNewSession(value === "new")}
          />
          <label class="row small">
            <span class="soft">{text.onPage}</span>
            <input
              type="text"
              size={14}
              value={address}
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
          </label>
          {pages.length > 0 && (
            <label class="row small">
              <span class="soft">{text.onProduct}</span>
              <select
                value={String(pageIndex)}
                onChange={(event) => setPageIndex(Number(event.currentTarget.value))}
              >
                {pages.map(({ label }, i) => (
                  <option key={label} value={String(i)}>
                    {label}
                  </option>
                ))}
                <option value="-1">{text.anyPage}</option>
              </select>
            </label>
          )}
        </div>
      </div>
      {!ruleset && (
        <Empty icon="rules" title={text.shopDefault}>
          <p>{text.noRules}</p>
        </Empty>
      )}
      <ul class="list">
        {decisions.map((decision) => (
          <DecisionItem key={decision.placement} decision={decision} rules={ruleset!.rules} />
        ))}
      </ul>
    </Card>
  );
}

function DecisionItem({ decision, rules }: { decision: Decision; rules: readonly Rule[] }): JSX.Element {
  const { placement, outcome, rule, because, trace, evidence } = decision;
  return (
    <li class="decision">
      <div class="row apart">
        <Chip tone="outline">
          <code>{placement}</code>
        </Chip>
        {rule ? <Chip tone={outcome ? "good" : "info"}>{rule}</Chip> : <Chip>{text.shopDefault}</Chip>}
      </div>
      {outcome && <OutcomeView outcome={outcome} />}
      {because && (
        <p>
          <span class="soft">{text.because}</span> “{because}”{" "}
          {evidence.length > 0 && <span class="soft small">({text.evidence(evidence.length)})</span>}
        </p>
      )}
      {!outcome && trace[0] && (
        <p class="soft">
          {trace[0].rule}: {text.results[trace[0].result]}
        </p>
      )}
      <details>
        <summary>{text.conditions}</summary>
        <div class="trace">
          {trace.map((one) => (
            <TraceView key={one.rule} trace={one} name={nameOf(rules.find(({ id }) => id === one.rule))} />
          ))}
        </div>
      </details>
    </li>
  );
}

function nameOf(rule: Rule | undefined): string | undefined {
  const title = rule && "title" in rule.action ? rule.action.title : undefined;
  return title && localText(title, "en");
}

function OutcomeView({ outcome }: { outcome: Outcome }): JSX.Element {
  if (outcome.type === "value") return <code>{JSON.stringify(outcome.value)}</code>;
  if (outcome.type === "prefill") return <SizeView usual={outcome.usual} />;
  if (outcome.type === "store") return <code>{outcome.store}</code>;
  if (outcome.type === "filters")
    return <code>{outcome.filters.map(({ name, value }) => `${name}: ${value}`).join(", ")}</code>;
  const { title, text: body } = outcome;
  const label = "label" in outcome ? outcome.label : undefined;
  const products = "products" in outcome ? outcome.products : "items" in outcome ? outcome.items : [];
  return (
    <div class="stack tight">
      {title && <p class="says">{title}</p>}
      {body && <p>{body}</p>}
      {(products.length > 0 || label) && (
        <div class="row">
          {products.map((product) => (
            <Thumbnail key={`${product.id} ${product.size}`} product={product} />
          ))}
          {label && <Chip tone="accent">{label}</Chip>}
        </div>
      )}
    </div>
  );
}

function SizeView({ usual }: { usual: Exclude<UsualSize, { kind: "none" }> }): JSX.Element {
  const labels = "label" in usual ? [usual.label] : usual.labels;
  return (
    <p class="row">
      {labels.map((label) => (
        <span key={label} class={`size-label ${usual.kind}`}>
          {label}
        </span>
      ))}
      <span class="says">{text.gate[usual.kind]}</span>
    </p>
  );
}

function TraceView({ trace, name }: { trace: RuleTrace; name: string | undefined }): JSX.Element {
  return (
    <div class="stack tight">
      <p class="small">
        <span class="strong">{trace.rule}</span>{" "}
        <span class="soft">{text.results[trace.result] ?? trace.result}</span>
        {name && <span class="soft"> · {name}</span>}
        {trace.code && <code> {trace.code}</code>}
      </p>
      {trace.clauses.map((clause, i) => (
        <div key={i} class="clause small">
          <span class={clause.matched ? "yes" : "no"}>
            <Icon name={clause.matched ? "check" : "cross"} size={15} />
          </span>
          <span>
            {wordsOfClause(clause.path, clause.operator, clause.operand)}
            <span class="soft">
              {" "}
              — {clause.seen === undefined ? text.sawNothing : `${text.saw} ${shortJson(clause.seen)}`}
            </span>
          </span>
        </div>
      ))}
    </div>
  );
}

function shortJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 120 ? `${json.slice(0, 119)}…` : json;
}
