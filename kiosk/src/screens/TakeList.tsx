import { useMemo } from "preact/hooks";
import { useStrings } from "../strings/languages.ts";
import { sealTried } from "../tried/sealTried.ts";
import { HandOffPanel } from "./HandOffPanel.tsx";
import type { ScreenProps } from "./props.ts";

/** What she tried on, as a list on the way to her phone. */
export function TakeList({ session, send, server, store }: ScreenProps & { store: string }) {
  const words = useStrings();
  const { tried } = session;
  const make = useMemo(() => sealTried(store, tried), [store, tried]);
  return (
    <HandOffPanel
      server={server}
      make={make}
      title={words.takeListTitle}
      text={words.takeListText}
      again={words.takeList}
      onBack={() => send({ type: "go", place: "mirror" })}
    />
  );
}
