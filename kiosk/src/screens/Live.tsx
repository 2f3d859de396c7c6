import type { Take } from "../session/session.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Heading } from "../ui/Heading.tsx";
import { PhoneButton } from "../ui/PhoneButton.tsx";
import type { CameraScreenProps } from "./props.ts";

/** The mirror itself: the picture is behind, the buttons stay below. */
export function Live({ session, camera, now, takeMs, send }: CameraScreenProps) {
  const words = useStrings();
  const { take, looks, lease } = session;
  if (take) return <Taking take={take} now={now} send={send} />;
  return (
    <section class="panel live">
      <Heading unseen>{words.mirror}</Heading>
      <p class="hint">
        {camera.kind === "live" && words.recordHint} {!lease && words.notPaired}
      </p>
      <div class="actions">
        <Button kind="main" disabled={camera.kind !== "live"} onPress={() => send({ type: "record" })}>
          <span class="record-dot" aria-hidden="true" />
          {words.record}
        </Button>
        <Button disabled={looks.length === 0} onPress={() => send({ type: "go", place: "looks" })}>
          {words.looks} <span class="count">{looks.length}</span>
        </Button>
        <Button onPress={() => send({ type: "go", place: "article" })}>{words.scan}</Button>
        <PhoneButton lease={lease} send={send} />
        <Button kind="quiet" onPress={() => send({ type: "pace" })}>
          {words.turnTime((takeMs * session.pace) / 1000)}
        </Button>
      </div>
    </section>
  );
}

/** Counts down, and says that the light is on while it is. */
function Taking({ take, now, send }: { take: Take } & Pick<CameraScreenProps, "now" | "send">) {
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
      <Heading>{isOn ? words.turnNow : words.getReady}</Heading>
      <p class="seconds" aria-hidden="true" data-count>
        {left}
      </p>
      <progress class="bar" value={done} max={1} aria-label={words.record} />
      <div class="actions">
        <Button onPress={() => send({ type: "cancel" })}>{words.stop}</Button>
        {!isOn && <Button onPress={() => send({ type: "wait" })}>{words.moreTime}</Button>}
      </div>
    </section>
  );
}
