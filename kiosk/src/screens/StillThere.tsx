import { useEffect, useRef } from "preact/hooks";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";

/** Nobody touched the mirror for a while: asks before it closes. */
export function StillThere(props: { seconds: number; onMore: () => void; onDone: () => void }) {
  const words = useStrings();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="still" aria-labelledby="still" onCancel={(event) => event.preventDefault()}>
      <h2 id="still">{words.stillThere}</h2>
      <p>{words.stillThereText(props.seconds)}</p>
      <div class="actions">
        <Button kind="main" onPress={props.onMore}>
          {words.moreTime}
        </Button>
        <Button onPress={props.onDone}>{words.done}</Button>
      </div>
    </dialog>
  );
}
