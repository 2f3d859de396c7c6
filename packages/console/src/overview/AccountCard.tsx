import type { ComponentChildren, JSX } from "preact";
import type { Accounting } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatNumber, formatShareDown } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Card, Notice } from "../ui/parts.tsx";

const text = strings.account;

const LINES = [
  ["accepted", "check"],
  ["rejected", "cross"],
  ["queued", "phone"],
  ["dropped", "filter"],
  ["gaps", "warning"],
  ["unsettled", "clock"],
] as const satisfies readonly (readonly [keyof Accounting, IconName])[];

/** Where every event went: nothing is lost without being counted. */
export function AccountCard(props: { accounting: Accounting; aside?: ComponentChildren }): JSX.Element {
  const { accounting, aside } = props;
  const { created, accounted, duplicate, rejections, drops } = accounting;
  return (
    <Card title={text.title} icon="shield" aside={aside}>
      {created === 0 ? (
        <p class="soft">{text.noneYet}</p>
      ) : (
        <div class="stack">
          <p class="share">
            <strong class="number">{formatShareDown(accounted, created)}</strong>
            <span>{text.share(formatNumber(created))}</span>
          </p>
          <Rest accounting={accounting} />
          <ul class="account">
            {LINES.map(([name, icon]) => (
              <li key={name}>
                <Icon name={icon} size={16} />
                <span>{text.lines[name]}</span>
                <span class="number">{formatNumber(accounting[name])}</span>
              </li>
            ))}
          </ul>
          <p class="soft small">{text.repeats(formatNumber(duplicate))}</p>
          <Reasons title={text.whyRefused} counts={rejections} words={strings.reject} />
          <Reasons title={text.whyDropped} counts={drops} words={strings.drop} />
        </div>
      )}
    </Card>
  );
}

/** What nobody can explain, or that there is none. */
function Rest({ accounting: { gaps, unsettled } }: { accounting: Accounting }): JSX.Element {
  if (gaps + unsettled === 0) return <Notice tone="good">{text.all}</Notice>;
  return (
    <Notice tone="warn">
      {[gaps > 0 && text.missing(formatNumber(gaps)), unsettled > 0 && text.skipped(formatNumber(unsettled))]
        .filter(Boolean)
        .join(" ")}
    </Notice>
  );
}

/** Counts by reason, the most frequent first; nothing where there are none. */
export function Reasons(props: {
  title: string;
  counts: Record<string, number>;
  words: Record<string, string>;
}): JSX.Element | null {
  const reasons = Object.entries(props.counts).sort((a, b) => b[1] - a[1]);
  if (reasons.length === 0) return null;
  return (
    <details>
      <summary>{props.title}</summary>
      <ul class="account">
        {reasons.map(([reason, count]) => (
          <li key={reason}>
            <span />
            <span>{props.words[reason] ?? reason}</span>
            <span class="number">{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
