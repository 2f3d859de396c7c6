import { useStrings } from "../strings/languages.ts";

/** How far the words drift against burn-in, in percent of the screen, and how long one round takes, in s. */
const ROUND_S = 240;

/**
 * Nobody is here. Dark, and never the same pixels for long: the words wander, slowly enough not to be seen moving.
 * @param now ms
 */
export function Idle({ now }: { now: number }) {
  const words = useStrings();
  const turn = (now / 1000 / ROUND_S) * 2 * Math.PI;
  const place = {
    transform: `translate(${(6 * Math.sin(turn)).toFixed(2)}vw, ${(6 * Math.sin(turn * 0.618)).toFixed(2)}vh)`,
  };
  return (
    <div class="drift" style={place}>
      <h1>{words.idleTitle}</h1>
      <p>{words.idleText}</p>
    </div>
  );
}
