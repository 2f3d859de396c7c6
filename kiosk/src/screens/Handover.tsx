import { useEffect, useState } from "preact/hooks";
import { useClips } from "../clips/Clips.ts";
import { handOver, type Handover as Progress } from "../server/handover.ts";
import { useStrings } from "../strings/languages.ts";
import { useTrack } from "../tryOns/useTryOnEvents.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import { Qr } from "../ui/Qr.tsx";
import type { ScreenProps } from "./props.ts";

/** Her looks, sealed, on the way to her phone. */
export function Handover({ session, send, server }: ScreenProps) {
  const words = useStrings();
  const [progress, setProgress] = useState<Progress>({ state: "sending", percent: 0 });
  const [round, setRound] = useState(0);
  const store = useClips();
  const track = useTrack();
  const { looks } = session;
  useEffect(
    () =>
      handOver(server, store, looks, (next) => {
        setProgress(next);
        if (next.state === "ready") track({ name: "Looks Handed Off", looks: looks.length });
        if (next.state === "taken") track({ name: "Looks Taken Home", looks: looks.length });
      }),
    [server, store, looks, round, track],
  );
  return (
    <Panel title={words.takeTitle}>
      {progress.state === "sending" && <p role="status">{words.takePreparing(progress.percent)}</p>}
      {progress.state === "failed" && <p role="status">{words.offline}</p>}
      {progress.state === "taken" && <p role="status">{words.takeDone}</p>}
      {progress.state === "expired" && <p role="status">{words.takeExpired}</p>}
      {progress.state === "ready" && (
        <>
          <p class="lead">{words.takeText}</p>
          <Qr text={progress.url} label={words.takeTitle} />
        </>
      )}
      <div class="actions">
        {(progress.state === "failed" || progress.state === "expired") && (
          <Button kind="main" onPress={() => setRound(round + 1)}>
            {words.take}
          </Button>
        )}
        <Button onPress={() => send({ type: "go", place: "looks" })}>{words.back}</Button>
      </div>
    </Panel>
  );
}
