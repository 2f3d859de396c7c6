import { useCallback, useMemo } from "preact/hooks";
import { useClips } from "../clips/Clips.ts";
import { sealLooks } from "../looks/sealLooks.ts";
import type { Handover as Progress } from "../server/handover.ts";
import { useStrings } from "../strings/languages.ts";
import { useTrack } from "../tryOns/useTryOnEvents.ts";
import { HandOffPanel } from "./HandOffPanel.tsx";
import type { ScreenProps } from "./props.ts";

/** Her looks, sealed, on the way to her phone. */
export function Handover({ session, send, server }: ScreenProps) {
  const words = useStrings();
  const store = useClips();
  const track = useTrack();
  const { looks } = session;
  const make = useMemo(() => sealLooks(store, looks), [store, looks]);
  const onState = useCallback(
    (state: Progress["state"]) => {
      if (state === "ready") track({ name: "Looks Handed Off", looks: looks.length });
      if (state === "taken") track({ name: "Looks Taken Home", looks: looks.length });
    },
    [looks, track],
  );
  return (
    <HandOffPanel
      server={server}
      make={make}
      title={words.takeTitle}
      text={words.takeText}
      again={words.take}
      onState={onState}
      onBack={() => send({ type: "go", place: "looks" })}
    />
  );
}
