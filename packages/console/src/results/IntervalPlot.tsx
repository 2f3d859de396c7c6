import type { JSX } from "preact";
import { strings } from "../strings.ts";
import { formatChange, type Judged } from "./sentenceOf.ts";

const WIDTH = 480;
const ROW = 34;
const MARGIN = 12;

interface Bar {
  variant: string;
  low: number;
  value: number;
  high: number;
}

/**
 * The interval of each lift as a bar beside the line of no change: right of it more, left of it less. Nothing is drawn
 * before there is an interval.
 */
export function IntervalPlot(props: {
  judged: readonly Judged[];
  /** More is better. */
  isGoodUp: boolean;
  label: string;
}): JSX.Element | null {
  const bars = props.judged.flatMap(({ variant, comparison }): Bar[] =>
    comparison.verdict === "notEnough" ? [] : [{ variant, ...comparison.interval, value: comparison.lift }],
  );
  if (bars.length === 0) return null;
  const reach = Math.max(0.01, ...bars.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  const x = (share: number) => WIDTH / 2 + (share / reach) * (WIDTH / 2 - MARGIN);
  const height = bars.length * ROW;
  const said = bars.map(({ variant, low, high }) =>
    strings.results.plotted(variant, formatChange(low), formatChange(high)),
  );
  return (
    <figure>
      <svg
        class="intervals"
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`${props.label}: ${said.join("; ")}`}
      >
        <line class="zero" x1={x(0)} x2={x(0)} y1={0} y2={height} />
        {bars.map((bar, row) => (
          <g key={bar.variant} class={toneOf(bar, props.isGoodUp)}>
            <rect x={x(bar.low)} width={x(bar.high) - x(bar.low)} y={row * ROW + 11} height={12} rx={6} />
            <circle cx={x(bar.value)} cy={row * ROW + 17} r={7} />
          </g>
        ))}
      </svg>
      <div class="bars-legend" aria-hidden="true">
        <span>{formatChange(-reach)}</span>
        <span>{strings.results.noChange}</span>
        <span>{formatChange(reach)}</span>
      </div>
    </figure>
  );
}

function toneOf({ low, high }: Bar, isGoodUp: boolean): "good" | "bad" | "open" {
  if (low <= 0 && high >= 0) return "open";
  return low > 0 === isGoodUp ? "good" : "bad";
}
