import { useEffect, useState } from "preact/hooks";
import { askPairing, type Pairing } from "../server/pairing.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import { Qr } from "../ui/Qr.tsx";
import type { ScreenProps } from "./props.ts";

/** Shows a code for her phone, until that phone said yes or the code is over. */
export function Pair({ session, send, server }: ScreenProps) {
  const words = useStrings();
  const [round, setRound] = useState(0);
  const [pairing, setPairing] = useState<Pairing>({ state: "asking" });
  useEffect(() => {
    if (session.lease) return undefined;
    return askPairing(server, (next) => {
      setPairing(next);
      if (next.state !== "confirmed") return;
      send({ type: "leased", lease: next.lease });
      if (next.lease.profile) send({ type: "go", place: "offers" });
    });
  }, [round, server, session.lease, send]);
  const back = () => send({ type: "go", place: session.looks.length ? "looks" : "mirror" });
  return (
    <Panel title={session.lease ? words.paired : words.pairTitle}>
      <p class="lead">{words.pairText}</p>
      {!session.lease && pairing.state === "waiting" && <Qr text={pairing.url} label={words.pairTitle} />}
      {!session.lease && pairing.state === "expired" && <p role="status">{words.pairExpired}</p>}
      {!session.lease && pairing.state === "offline" && <p role="status">{words.offline}</p>}
      <div class="actions">
        {!session.lease && (pairing.state === "expired" || pairing.state === "offline") && (
          <Button kind="main" onPress={() => setRound(round + 1)}>
            {words.pairNew}
          </Button>
        )}
        <Button onPress={back}>{words.back}</Button>
      </div>
    </Panel>
  );
}
