import type { JSX } from "preact";
import { strings } from "../strings.ts";
import { formatNumber } from "../ui/format.ts";

const HEIGHT = 128;
const STEP = 10;

/** Events by minute as bars, oldest first; an empty minute leaves a line on the ground. */
export function EventBars({ perMinute }: { perMinute: readonly number[] }): JSX.Element {
  const max = Math.max(1, ...perMinute);
  const total = perMinute.reduce((a, b) => a + b, 0);
  const text = strings.overview;
  return (
    <figure>
      <svg
        class="bars"
        viewBox={`0 0 ${perMinute.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={text.barsLabel(formatNumber(total), formatNumber(total ? max : 0))}
      >
        {perMinute.map((count, i) => {
          const height = count === 0 ? 2 : Math.max(5, (count / max) * (HEIGHT - 4));
          return (
            <rect
              key={i}
              class={count === 0 ? "none" : undefined}
              x={i * STEP + 1.5}
              y={HEIGHT - height}
              width={STEP - 3}
              height={height}
              rx={1.5}
            />
          );
        })}
      </svg>
      <div class="bars-legend" aria-hidden="true">
        <span>{text.minutesAgo}</span>
        <span>{text.now}</span>
      </div>
    </figure>
  );
}
