import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { FRAME_COUNT, pictureAt, readFrames, type Frames } from "./frames.ts";
import type { Look } from "./Look.ts";
import { openLook } from "./openSealed.ts";
import { Picture } from "./Picture.tsx";
import { strings } from "./strings.ts";
import { inStep } from "./timeAt.ts";
import { useTurning } from "./useTurning.ts";
import { kindOfFailure } from "./useOpened.ts";

const text = strings.compare;

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
      {prepared.kind === "here" && <Stage {...prepared} />}
      {prepared.kind === "preparing" && (
        <div class="stages">
          <progress aria-label={text.preparing} max={2 * FRAME_COUNT} value={prepared.done} />
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

function Stage({
  pair,
  frames,
}: {
  pair: readonly [Look, Look];
  frames: readonly [Frames, Frames];
}): JSX.Element {
  const durations = [frames[0].durationS, frames[1].durationS] as const;
  const { position, isTurning, turnTo, toggle } = useTurning(Math.max(...durations));
  const step = inStep([pair[0].details.turn, pair[1].details.turn], durations);
  return (
    <>
      <div class="stages">
        {([0, 1] as const).map((which) => (
          <figure key={which}>
            <Picture picture={pictureAt(frames[which], step.timeAt(which, position))} />
            <figcaption>{strings.looks.look(pair[which].index + 1)}</figcaption>
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
      <p class="soft">{text.steps[step.by]}</p>
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

type Prepared =
  | { kind: "preparing"; done: number }
  | { kind: "here"; pair: readonly [Look, Look]; frames: readonly [Frames, Frames] }
  | { kind: "failed"; why: "damaged" | "unplayable" };

/** Decodes both looks, one after the other, so that at most one film is open. */
function usePair(looks: readonly Look[], [left, right]: Pair): Prepared {
  const [prepared, setPrepared] = useState<Prepared>({ kind: "preparing", done: 0 });
  useEffect(() => {
    let isShown = true;
    const say = (next: Prepared) => isShown && setPrepared(next);
    const pair = [looks[left]!, looks[right]!] as const;
    const read = async (look: Look, before: number): Promise<Frames> => {
      const film = await openLook(look.part, look);
      return readFrames(film, FRAME_COUNT, (done) => say({ kind: "preparing", done: before + done }));
    };
    const prepare = async () => {
      say({ kind: "preparing", done: 0 });
      const first = await read(pair[0], 0);
      say({ kind: "here", pair, frames: [first, await read(pair[1], FRAME_COUNT)] });
    };
    prepare().catch((error: unknown) => say({ kind: "failed", why: kindOfFailure(error) }));
    return () => {
      isShown = false;
    };
  }, [looks, left, right]);
  return prepared;
}
