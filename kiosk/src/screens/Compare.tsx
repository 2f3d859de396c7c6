import { matchTurns, type TurnMatch } from "@vitrine/vision";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { openClip } from "../clips/clip.ts";
import { useClips } from "../clips/Clips.ts";
import { MAX_FRAMES, stepsByAngle, stepsByTime, type Steps } from "../looks/compareTimes.ts";
import type { Look } from "../looks/look.ts";
import { openReader } from "../looks/openReader.ts";
import { usePainted, type CanvasRef } from "../looks/usePainted.ts";
import { useStrings } from "../strings/languages.ts";
import { useTrack } from "../tryOns/useTryOnEvents.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import type { ScreenProps } from "./props.ts";

/** One round of both looks takes so long when they play by themselves, in ms. */
const ROUND_MS = 12_000;

/** What is on the screen: the pictures of both looks, step by step. */
interface Shown {
  steps: Steps;
  pictures: [Blob[], Blob[]];
}

/** Two looks side by side: turn one, and the other turns with it. */
export function Compare({ session, send }: ScreenProps) {
  const words = useStrings();
  const pair = session.shown.flatMap((id) => session.looks.find((look) => look.id === id) ?? []);
  const [first, second] = pair;
  if (!first || !second)
    return (
      <Panel title={words.compare}>
        <p class="lead">{words.compareHint}</p>
        <div class="actions">
          <Button onPress={() => send({ type: "go", place: "looks" })}>{words.back}</Button>
        </div>
      </Panel>
    );
  return (
    <Comparison
      key={`${first.id} ${second.id}`}
      looks={[first, second]}
      onBack={() => send({ type: "go", place: "looks" })}
    />
  );
}

function Comparison({ looks, onBack }: { looks: [Look, Look]; onBack: () => void }) {
  const words = useStrings();
  const [first, second] = looks;
  const match = useMemo(() => matchTurns(first.turn, second.turn), [first, second]);
  const isMatched = match.quality === "good";
  const [byAngle, setByAngle] = useState(isMatched);
  const [swapped, setSwapped] = useState(false);
  const [isPlaying, setPlaying] = useState(true);
  const [at, setAt] = useState(0);
  const { shown, failed } = usePictures(looks, byAngle ? match : undefined);
  const track = useTrack();
  useEffect(() => track({ name: "Looks Compared", by: byAngle ? "angle" : "time" }), [track, byAngle]);
  usePlayback(isPlaying && shown !== undefined, setAt);
  const order = swapped ? ([1, 0] as const) : ([0, 1] as const);
  const angle = shown?.steps.angles?.[at];
  const pictureOf = (which: 0 | 1) => shown!.pictures[which][at]!;
  const painted = usePainted(shown && { step: at, pictures: [pictureOf(order[0]), pictureOf(order[1])] });
  return (
    <Panel title={words.compare} wide>
      {!isMatched && (
        <p class="notice" role="status">
          {words.poorTurn}
        </p>
      )}
      <div class="pair" data-step={painted.step}>
        {order.map((which, place) => (
          <Side
            key={place}
            canvas={painted.canvases[place]!}
            name={looks[which].article?.name ?? words.lookNumber(which + 1)}
          />
        ))}
      </div>
      {!shown && <p role="status">{failed ? words.takeFailed : words.preparing}</p>}
      <label class="scrubber">
        <span>
          {words.turnBoth}
          {angle !== undefined && <output>{words.degrees(Math.round(angle))}</output>}
        </span>
        <input
          type="range"
          min={0}
          max={MAX_FRAMES - 1}
          value={at}
          disabled={!shown}
          onInput={(event) => {
            setPlaying(false);
            setAt(Number(event.currentTarget.value));
          }}
        />
      </label>
      <div class="actions">
        <Button kind="main" onPress={() => setPlaying(!isPlaying)}>
          {isPlaying ? words.freeze : words.play}
        </Button>
        <Button onPress={() => setSwapped(!swapped)}>{words.swap}</Button>
        <Button disabled={!isMatched} onPress={() => setByAngle(!byAngle)}>
          {byAngle ? words.byTime : words.byAngle}
        </Button>
        <Button onPress={onBack}>{words.back}</Button>
      </div>
    </Panel>
  );
}

function Side({ canvas, name }: { canvas: CanvasRef; name: string }) {
  return (
    <figure class="side">
      <canvas ref={canvas} width={304} height={540} />
      <figcaption>{name}</figcaption>
    </figure>
  );
}

/** Reads the pictures of both looks, anew for each way of going in step. */
function usePictures(looks: [Look, Look], match: TurnMatch | undefined) {
  const store = useClips();
  const [shown, setShown] = useState<Shown>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let isOver = false;
    const load = async () => {
      const first = await openReader(await openClip(looks[0].clip, store));
      const second = await openReader(await openClip(looks[1].clip, store));
      const steps = match ? stepsByAngle(match) : stepsByTime([first.durationS, second.durationS]);
      const pictures: Shown["pictures"] = [
        await first.picturesAt(steps.times[0]),
        await second.picturesAt(steps.times[1]),
      ];
      if (!isOver) setShown({ steps, pictures });
    };
    setShown(undefined);
    setFailed(false);
    load().catch(() => setFailed(true));
    return () => {
      isOver = true;
    };
  }, [looks[0], looks[1], match, store]);
  return { shown, failed };
}

/** Turns both to and fro. */
function usePlayback(isOn: boolean, setAt: (at: number) => void): void {
  const progress = useRef(0);
  useEffect(() => {
    if (!isOn) return undefined;
    let last: number | undefined;
    let handle = requestAnimationFrame(function next(now) {
      progress.current = (progress.current + (now - (last ?? now)) / ROUND_MS) % 1;
      last = now;
      const there = 1 - Math.abs(1 - 2 * progress.current);
      setAt(Math.round(there * (MAX_FRAMES - 1)));
      handle = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(handle);
  }, [isOn, setAt]);
}
