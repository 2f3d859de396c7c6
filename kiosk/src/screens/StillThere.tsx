import { useLayoutEffect, useRef } from "preact/hooks";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";

/** Nobody touched the mirror for a while: asks before it closes. Escape asks for more time, which loses nothing. */
export function StillThere(props: { seconds: number; onMore: () => void; onDone: () => void }) {
  const words = useStrings();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    // Closed before it is taken away, it gives the focus back to where it was.
    return () => current?.close();
  }, []);
  const answer = (event: Event) => {
    event.preventDefault();
    props.onMore();
  };
  return (
    <dialog ref={dialog} class="still" aria-labelledby="still" onCancel={answer}>
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
