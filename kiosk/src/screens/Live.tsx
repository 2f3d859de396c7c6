import type { Take } from "../session/session.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import type { CameraScreenProps } from "./props.ts";

/** The mirror itself: the picture is behind, the buttons stay below. */
export function Live({ session, camera, now, send }: CameraScreenProps) {
  const words = useStrings();
  const { take, looks, lease } = session;
  if (take) return <Taking take={take} now={now} onCancel={() => send({ type: "cancel" })} />;
  return (
    <section class="panel live">
      <h1 class="unseen">{words.mirror}</h1>
      <p class="hint">{lease ? words.recordHint : `${words.recordHint} ${words.notPaired}`}</p>
      <div class="actions">
        <Button kind="main" disabled={camera.kind !== "live"} onPress={() => send({ type: "record" })}>
          <span class="record-dot" aria-hidden="true" />
          {words.record}
        </Button>
        <Button disabled={looks.length === 0} onPress={() => send({ type: "go", place: "looks" })}>
          {words.looks} <span class="count">{looks.length}</span>
        </Button>
        <Button onPress={() => send({ type: "go", place: "article" })}>{words.scan}</Button>
        <Button onPress={() => send({ type: "go", place: "pair" })}>
          {lease ? words.paired : words.pair}
        </Button>
      </div>
    </section>
  );
}

/** Counts down, and says that the light is on while it is. */
function Taking({ take, now, onCancel }: { take: Take; now: number; onCancel: () => void }) {
  const words = useStrings();
  if (take.step === "keeping")
    return (
      <section class="panel taking" role="status">
        <h1>{words.keeping}</h1>
      </section>
    );
  const left = Math.max(0, Math.ceil((take.until - now) / 1000));
  const isOn = take.step === "recording";
  const done = isOn ? Math.min(1, (now - take.from) / (take.until - take.from)) : 0;
  return (
    <section class={isOn ? "panel taking on" : "panel taking"}>
      {isOn && <span class="light" aria-hidden="true" />}
      <h1 aria-live="polite">{isOn ? words.turnNow : words.getReady}</h1>
      <p class="seconds" aria-hidden="true">
        {left}
      </p>
      <progress class="bar" value={done} max={1} aria-label={words.record} />
      <div class="actions">
        <Button onPress={onCancel}>{words.stop}</Button>
      </div>
    </section>
  );
}
