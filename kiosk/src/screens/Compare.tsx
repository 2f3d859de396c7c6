import { matchTurns, type TurnMatch } from "@vitrine/vision";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { openClip } from "../clips/clip.ts";
import { useClips } from "../clips/Clips.ts";
import { MAX_FRAMES, stepsByAngle, stepsByTime, type Steps } from "../looks/compareTimes.ts";
import { decodeFrames, durationOf, type Frames } from "../looks/decodeFrames.ts";
import type { Look } from "../looks/look.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import type { ScreenProps } from "./props.ts";

/** One round of both looks takes so long when they play by themselves, in ms. */
const ROUND_MS = 12_000;

/** What is on the screen: the frames of both looks, step by step. */
interface Shown {
  steps: Steps;
  frames: [Frames, Frames];
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
  const { shown, failed } = useFrames(looks, byAngle ? match : undefined);
  usePlayback(isPlaying && shown !== undefined, setAt);
  const order = swapped ? ([1, 0] as const) : ([0, 1] as const);
  const angle = shown?.steps.angles?.[at];
  return (
    <Panel title={words.compare} wide>
      {!isMatched && (
        <p class="notice" role="status">
          {words.poorTurn}
        </p>
      )}
      <div class="pair" data-step={at}>
        {order.map((which) => (
          <Side
            key={which}
            picture={shown?.frames[which].pictures[at]}
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

function Side({ picture, name }: { picture: ImageBitmap | undefined; name: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { current } = canvas;
    if (!current || !picture) return;
    if (current.width !== picture.width) [current.width, current.height] = [picture.width, picture.height];
    current.getContext("2d")!.drawImage(picture, 0, 0);
  }, [picture]);
  return (
    <figure class="side">
      <canvas ref={canvas} width={304} height={540} />
      <figcaption>{name}</figcaption>
    </figure>
  );
}

/** Decodes the frames of both looks once for each way of going in step, and gives their memory back. */
function useFrames(looks: [Look, Look], match: TurnMatch | undefined) {
  const store = useClips();
  const [shown, setShown] = useState<Shown>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let isOver = false;
    const opened: Frames[] = [];
    const load = async () => {
      const clips = await Promise.all([openClip(looks[0].clip, store), openClip(looks[1].clip, store)]);
      const steps = match
        ? stepsByAngle(match)
        : stepsByTime([await durationOf(clips[0]), await durationOf(clips[1])]);
      for (const which of [0, 1] as const) opened.push(await decodeFrames(clips[which], steps.times[which]));
      if (!isOver) setShown({ steps, frames: [opened[0]!, opened[1]!] });
    };
    setShown(undefined);
    setFailed(false);
    const loading = load().catch(() => setFailed(true));
    return () => {
      isOver = true;
      void loading.then(() => opened.forEach((frames) => frames.close()));
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
