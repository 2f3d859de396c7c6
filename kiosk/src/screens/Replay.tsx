import { useEffect, useState } from "preact/hooks";
import { openClip } from "../clips/clip.ts";
import { useClips } from "../clips/Clips.ts";
import type { Clip } from "../clips/recordClip.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import type { ScreenProps } from "./props.ts";

/** One look, played over and over. */
export function Replay({ session, send }: ScreenProps) {
  const words = useStrings();
  const look = session.looks.find(({ id }) => id === session.shown[0]);
  const { url, failed } = useClip(look?.clip);
  const number = look ? session.looks.indexOf(look) + 1 : 0;
  return (
    <Panel title={look?.article?.name ?? words.lookNumber(number)} wide>
      {failed && <p role="status">{words.takeFailed}</p>}
      {url && <video class="replay" src={url} autoPlay loop muted playsInline aria-hidden="true" />}
      <div class="actions">
        <Button onPress={() => send({ type: "go", place: "looks" })}>{words.back}</Button>
      </div>
    </Panel>
  );
}

/** Opens a clip for as long as it is on the screen. */
function useClip(clip: Clip | undefined) {
  const clips = useClips();
  const [url, setUrl] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!clip) return undefined;
    let opened: string | undefined;
    let isOver = false;
    const open = async () => {
      const blob = await openClip(clip, clips);
      if (!isOver) setUrl((opened = URL.createObjectURL(blob)));
    };
    open().catch(() => setFailed(true));
    return () => {
      isOver = true;
      if (opened) URL.revokeObjectURL(opened);
    };
  }, [clip, clips]);
  return { url, failed };
}
