import { MAX_FRAMES, usePainted } from "@vitrine/kiosk/looks";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Look } from "./Look.ts";
import { openLookReader } from "./openLookReader.ts";
import { openLook } from "./openSealed.ts";
import { strings } from "./strings.ts";
import { inStep, type Step } from "./timeAt.ts";
import { useTurning } from "./useTurning.ts";
import { kindOfFailure } from "./useOpened.ts";

const text = strings.compare;

/** Steps of the scrubber; odd, so that half of the way has a picture of its own. */
const STEPS = MAX_FRAMES - 1;

type Pair = readonly [number, number];

/** Two looks side by side, turned by one scrubber. */
export function Compare(props: {
  looks: readonly Look[];
  posters: readonly (string | undefined)[];
  onBack: () => void;
}): JSX.Element {
  const { looks, posters, onBack } = props;
  const [pair, setPair] = useState<Pair>([0, 1]);
  const prepared = usePair(looks, pair);
  return (
    <main class="compare">
      <div class="row apart">
        <h1>{text.title}</h1>
        <button type="button" class="quiet" onClick={onBack}>
          {text.back}
        </button>
      </div>
      {prepared.kind === "here" && <Stage {...prepared.comparison} />}
      {prepared.kind === "preparing" && (
        <div class="stages">
          <progress aria-label={text.preparing} max={2 * STEPS} value={prepared.done} />
        </div>
      )}
      {prepared.kind === "failed" && <p role="alert">{strings.looks[prepared.why]}</p>}
      {looks.length > 2 && (
        <div class="choosers">
          {([0, 1] as const).map((side) => (
            <Chooser
              key={side}
              side={side}
              pair={pair}
              posters={posters}
              onChoose={(index) => setPair(side === 0 ? [index, pair[1]] : [pair[0], index])}
            />
          ))}
        </div>
      )}
    </main>
  );
}

function Stage({ looks, pictures, durationS, by }: Comparison): JSX.Element {
  const { position, isTurning, turnTo, toggle } = useTurning(durationS);
  const at = Math.round(position * (STEPS - 1));
  const { canvases } = usePainted({ step: at, pictures: [pictures[0][at]!, pictures[1][at]!] });
  return (
    <>
      <div class="stages">
        {([0, 1] as const).map((which) => (
          <figure key={which}>
            <canvas ref={canvases[which]} />
            <figcaption>{strings.looks.look(looks[which].index + 1)}</figcaption>
          </figure>
        ))}
      </div>
      <div class="scrub">
        <button
          type="button"
          class="round"
          aria-label={isTurning ? strings.looks.pause : strings.looks.play}
          onClick={toggle}
        >
          <span class={isTurning ? "sign playing" : "sign"} aria-hidden="true" />
        </button>
        <input
          type="range"
          aria-label={text.scrub}
          min={0}
          max={1000}
          value={Math.round(position * 1000)}
          onInput={(event) => turnTo(Number(event.currentTarget.value) / 1000)}
        />
      </div>
      <p class="soft">{text.steps[by]}</p>
    </>
  );
}

function Chooser(props: {
  side: 0 | 1;
  pair: Pair;
  posters: readonly (string | undefined)[];
  onChoose: (index: number) => void;
}): JSX.Element {
  const { side, pair, posters, onChoose } = props;
  const name = side === 0 ? text.left : text.right;
  return (
    <div class="shelf" role="group" aria-label={name}>
      <p class="soft" aria-hidden="true">
        {name}
      </p>
      {posters.map((poster, index) => (
        <button
          key={index}
          type="button"
          class="poster small"
          aria-pressed={pair[side] === index}
          aria-label={`${name}: ${strings.looks.look(index + 1)}`}
          disabled={pair[1 - side] === index}
          onClick={() => onChoose(index)}
        >
          {poster && <img src={poster} alt="" />}
          <span aria-hidden="true">{index + 1}</span>
        </button>
      ))}
    </div>
  );
}

/** Two looks in step: at each step of the scrubber, a picture of each. */
interface Comparison {
  looks: readonly [Look, Look];
  pictures: readonly [Blob[], Blob[]];
  /** Of the longer one, in s. */
  durationS: number;
  by: Step["by"];
}

type Prepared =
  | { kind: "preparing"; done: number }
  | { kind: "here"; comparison: Comparison }
  | { kind: "failed"; why: "damaged" | "unplayable" };

const readerOf = async (look: Look) => openLookReader(await openLook(look.part, look));

async function prepare(looks: Comparison["looks"], onPicture: () => void): Promise<Comparison> {
  const [first, second] = [await readerOf(looks[0]), await readerOf(looks[1])];
  const durations = [first.durationS, second.durationS] as const;
  const { by, timeAt } = inStep([looks[0].details.turn, looks[1].details.turn], durations);
  const timesOf = (which: 0 | 1) => Array.from({ length: STEPS }, (_, at) => timeAt(which, at / (STEPS - 1)));
  return {
    looks,
    // One after the other, so that at most one film is being decoded.
    pictures: [await first.picturesAt(timesOf(0), onPicture), await second.picturesAt(timesOf(1), onPicture)],
    durationS: Math.max(...durations),
    by,
  };
}

/** Reads the pictures of both looks, and says how far it is. */
function usePair(looks: readonly Look[], [left, right]: Pair): Prepared {
  const [prepared, setPrepared] = useState<Prepared>({ kind: "preparing", done: 0 });
  useEffect(() => {
    let isShown = true;
    let done = 0;
    const say = (next: Prepared) => isShown && setPrepared(next);
    say({ kind: "preparing", done });
    prepare([looks[left]!, looks[right]!], () => say({ kind: "preparing", done: ++done })).then(
      (comparison) => say({ kind: "here", comparison }),
      (error: unknown) => say({ kind: "failed", why: kindOfFailure(error) }),
    );
    return () => {
      isShown = false;
    };
  }, [looks, left, right]);
  return prepared;
}
