import { useEffect, useState } from "preact/hooks";
import { handOver, type Handover, type Make } from "../server/handover.ts";
import type { Server } from "../server/server.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import { Qr } from "../ui/Qr.tsx";

/** Something of hers, sealed, on the way to her phone: the code for it, until a phone came or the code is over. */
export function HandOffPanel(props: {
  server: Server;
  /** The same as long as what is handed over is the same. */
  make: Make;
  title: string;
  text: string;
  /** Of the button that tries once more. */
  again: string;
  onState?: (state: Handover["state"]) => void;
  onBack: () => void;
}) {
  const { server, make, title, text, again, onState, onBack } = props;
  const words = useStrings();
  const [progress, setProgress] = useState<Handover>({ state: "sending", percent: 0 });
  const [round, setRound] = useState(0);
  useEffect(
    () =>
      handOver(server, make, (next) => {
        setProgress(next);
        onState?.(next.state);
      }),
    [server, make, round, onState],
  );
  return (
    <Panel title={title}>
      {progress.state === "sending" && <p role="status">{words.takePreparing(progress.percent)}</p>}
      {progress.state === "failed" && <p role="status">{words.offline}</p>}
      {progress.state === "taken" && <p role="status">{words.takeDone}</p>}
      {progress.state === "expired" && <p role="status">{words.takeExpired}</p>}
      {progress.state === "ready" && (
        <>
          <p class="lead">{text}</p>
          <Qr text={progress.url} label={title} />
        </>
      )}
      <div class="actions">
        {(progress.state === "failed" || progress.state === "expired") && (
          <Button kind="main" onPress={() => setRound(round + 1)}>
            {again}
          </Button>
        )}
        <Button onPress={onBack}>{words.back}</Button>
      </div>
    </Panel>
  );
}
