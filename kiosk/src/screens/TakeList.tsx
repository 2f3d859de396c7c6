import { useCallback, useMemo } from "preact/hooks";
import type { Handover as Progress } from "../server/handover.ts";
import { useStrings } from "../strings/languages.ts";
import { sealTried } from "../tried/sealTried.ts";
import { useTrack } from "../tryOns/useTryOnEvents.ts";
import { HandOffPanel } from "./HandOffPanel.tsx";
import type { ScreenProps } from "./props.ts";

/** What she tried on, as a list on the way to her phone. */
export function TakeList({ session, send, server, store }: ScreenProps & { store: string }) {
  const words = useStrings();
  const track = useTrack();
  const { tried } = session;
  const make = useMemo(() => sealTried(store, tried), [store, tried]);
  const onState = useCallback(
    (state: Progress["state"]) => {
      if (state === "ready") track({ name: "List Handed Off", articles: tried.length });
      if (state === "taken") track({ name: "List Taken Home", articles: tried.length });
    },
    [tried, track],
  );
  return (
    <HandOffPanel
      server={server}
      make={make}
      title={words.takeListTitle}
      text={words.takeListText}
      again={words.takeList}
      onState={onState}
      onBack={() => send({ type: "go", place: "mirror" })}
    />
  );
}
