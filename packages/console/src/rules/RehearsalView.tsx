import type { Rule } from "@vitrine/core";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask, type ApiError } from "../api/client.ts";
import type { Rehearsal, RulesContent } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatNumber, formatShare } from "../ui/format.ts";
import { Notice, Skeleton } from "../ui/parts.tsx";
import { OWN_ZONE } from "./form/zones.ts";

const text = strings.rehearsal;

/** How far back it looks. */
const DAYS = 30;

/**
 * What the draft would have done to the visitors of the last days, had it been live.
 * @param about one rule of it: then only that, and those with which it shares its placement
 */
export function RehearsalView({
  content,
  about,
}: {
  content: RulesContent;
  about?: Rule | undefined;
}): JSX.Element {
  const [state, setState] = useState<{ data?: Rehearsal; error?: ApiError }>({});
  const sent = JSON.stringify(content);
  useEffect(() => {
    let isCurrent = true;
    setState({});
    ask<Rehearsal>(
      "POST",
      `/rules/rehearse?days=${DAYS}&timeZone=${encodeURIComponent(OWN_ZONE)}`,
      JSON.parse(sent),
    ).then(
      (data) => isCurrent && setState({ data }),
      (error: ApiError) => isCurrent && setState({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [sent]);
  const { data, error } = state;
  if (error) return <Notice tone="bad">{error.message}</Notice>;
  if (!data) return <Skeleton lines={4} />;
  const people = formatNumber(data.people);
  const rivals = new Set(
    content.rules.flatMap(({ id, placement }) => (!about || placement === about.placement ? id : [])),
  );
  const rows = data.rules
    .filter(({ rule }) => rivals.has(rule))
    .sort((a, b) => Number(b.rule === about?.id) - Number(a.rule === about?.id));
  return (
    <div class="stack tight">
      <p class="card-body soft small">
        {data.isSample ? text.ofSample(people, DAYS) : text.ofAll(people, DAYS)} {text.everySlot}
      </p>
      <div class="table-scroll" tabIndex={0} role="group" aria-label={text.people}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.rule}</th>
              <th scope="col" class="right">
                {text.people}
              </th>
              <th scope="col" class="right">
                {text.times}
              </th>
              <th scope="col" class="right">
                {text.control}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((rule) => (
              <RuleRow key={rule.rule} rule={rule} people={data.people} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function RuleRow({ rule, people }: { rule: Rehearsal["rules"][number]; people: number }): JSX.Element {
  const beaten = Object.entries(rule.beaten).sort(([, a], [, b]) => b - a);
  return (
    <tr>
      <td>
        <div class="strong">{rule.rule}</div>
        {rule.because !== null && <div class="soft small">“{rule.because}”</div>}
        {rule.people + rule.control === 0 && <div class="soft small">{text.nobody}</div>}
        {rule.outside > 0 && <div class="soft small">{text.outside(formatNumber(rule.outside))}</div>}
        {rule.untold.map((fact) => (
          <div key={fact} class="soft small">
            {text.untold[fact]}
          </div>
        ))}
        {beaten.map(([by, count]) => (
          <div key={by} class="soft small">
            {text.beaten(by, formatNumber(count))}
          </div>
        ))}
      </td>
      <td class="right number">
        {formatNumber(rule.people)}
        {people > 0 && <div class="soft small">{formatShare(rule.people / people)}</div>}
      </td>
      <td class="right number">{formatNumber(rule.times)}</td>
      <td class="right number">{formatNumber(rule.control)}</td>
    </tr>
  );
}
