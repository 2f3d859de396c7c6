import type { JSX } from "preact";
import type { Metric, RuleResults } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatMoney, formatNumber, formatShare } from "../ui/format.ts";
import type { IconName } from "../ui/Icon.tsx";
import { Card } from "../ui/parts.tsx";
import { IntervalPlot } from "./IntervalPlot.tsx";
import { sentenceOf, type Judged } from "./sentenceOf.ts";

const text = strings.results;

type Tally = NonNullable<RuleResults["tally"]>;

const ICONS: Record<Metric, IconName> = { conversion: "bag", revenue: "server", sizeReturns: "ruler" };

/** One metric: a sentence for each variant, its interval as a picture, and the numbers behind. */
export function MetricCard({ metric, tally }: { metric: Metric; tally: Tally }): JSX.Element {
  const { variants, currency } = tally;
  const judged = variants.flatMap(({ variant, metrics }): Judged[] => {
    const { comparison } = metrics[metric];
    return comparison ? [{ variant, comparison }] : [];
  });
  const mean = (value: number) =>
    metric === "revenue" ? formatMoney(value, currency || undefined) : formatShare(value);
  return (
    <Card title={text.metrics[metric]} icon={ICONS[metric]}>
      <div class="stack tight">
        {judged.map((one) => (
          <p key={one.variant} class="strong">
            {sentenceOf(metric, one, judged.length > 1)}
          </p>
        ))}
        <IntervalPlot judged={judged} isGoodUp={metric !== "sizeReturns"} label={text.metrics[metric]} />
        <table>
          <thead>
            <tr>
              <th scope="col">{text.variant}</th>
              <th scope="col" class="right number">
                {text.counted[metric]}
              </th>
              <th scope="col" class="right number">
                {text.means[metric]}
              </th>
            </tr>
          </thead>
          <tbody>
            {variants.map(({ variant, metrics }) => (
              <tr key={variant}>
                <th scope="row">{variant}</th>
                <td class="right number">{formatNumber(metrics[metric].n)}</td>
                <td class="right number">{metrics[metric].n > 0 ? mean(metrics[metric].mean) : text.none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
