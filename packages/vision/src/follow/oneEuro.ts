/** How strongly a value is smoothed. */
export interface OneEuroOptions {
  /** Hz: what is still is smoothed below this; lower is calmer. */
  minCutoff?: number;
  /** How much a fast movement opens the filter; higher lags less. In Hz per unit and second. */
  beta?: number;
}

/** Hz, for the speed itself. */
const SPEED_CUTOFF = 1;

const alpha = (cutoff: number, seconds: number): number => 1 / (1 + 1 / (2 * Math.PI * cutoff * seconds));

/**
 * Makes a One-Euro filter: calm where a value is still, quick where it moves. `at` in ms; a sample that is not newer changes nothing.
 * @see Casiez, Roussel, Vogel: 1€ filter, CHI 2012, doi 10.1145/2207676.2208639
 */
export function createOneEuro({ minCutoff = 0.7, beta = 8 }: OneEuroOptions = {}): (
  value: number,
  at: number,
) => number {
  let last: { value: number; speed: number; at: number } | undefined;
  return (value, at) => {
    if (!last) last = { value, speed: 0, at };
    if (at <= last.at) return last.value;
    const seconds = (at - last.at) / 1000;
    const speed = last.speed + alpha(SPEED_CUTOFF, seconds) * ((value - last.value) / seconds - last.speed);
    const smoothed = last.value + alpha(minCutoff + beta * Math.abs(speed), seconds) * (value - last.value);
    last = { value: smoothed, speed, at };
    return smoothed;
  };
}
