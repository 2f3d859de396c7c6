import type { JSX } from "preact";
import type { Accounting } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatNumber } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Card, Notice } from "../ui/parts.tsx";

const text = strings.overview;

const LINES: readonly (readonly [Exclude<keyof Accounting, "rejections">, IconName])[] = [
  ["accepted", "check"],
  ["duplicate", "copy"],
  ["rejected", "cross"],
  ["dropped", "phone"],
  ["gaps", "warning"],
];

/** Where every event went: nothing is lost without being counted. */
export function AccountCard({ accounting }: { accounting: Accounting }): JSX.Element {
  const total = LINES.reduce((sum, [name]) => sum + accounting[name], 0);
  const reasons = Object.entries(accounting.rejections).sort((a, b) => b[1] - a[1]);
  return (
    <Card title={text.account} icon="shield">
      <div class="stack">
        <Verdict accounting={accounting} total={total} />
        <ul class="account">
          {LINES.map(([name, icon]) => (
            <li key={name}>
              <Icon name={icon} size={16} />
              <span>{text[name]}</span>
              <span class="number">{formatNumber(accounting[name])}</span>
            </li>
          ))}
        </ul>
        {reasons.length > 0 && (
          <details>
            <summary>{text.reasons}</summary>
            <ul class="account">
              {reasons.map(([reason, count]) => (
                <li key={reason}>
                  <span />
                  <span>{strings.reject[reason] ?? reason}</span>
                  <span class="number">{formatNumber(count)}</span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Card>
  );
}

function Verdict({ accounting, total }: { accounting: Accounting; total: number }): JSX.Element {
  if (total === 0) return <p class="soft">{text.noneYet}</p>;
  if (accounting.gaps === 0) return <Notice tone="good">{text.allGood(formatNumber(total))}</Notice>;
  return <Notice tone="warn">{text.someMissing(formatNumber(accounting.gaps), formatNumber(total))}</Notice>;
}
