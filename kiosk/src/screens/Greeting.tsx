import { Hello } from "./Hello.tsx";
import { Idle } from "./Idle.tsx";
import { useStrings } from "../strings/languages.ts";

/**
 * The glass before somebody begins, which a touch anywhere does. The camera often sees her while her finger is down, so
 * what the finger is on stays when one screen takes the other's place, and what holds both hears the click: browsers give
 * none to an element that is gone.
 * @param now ms
 */
export function Greeting({ isSeen, now, onBegin }: { isSeen: boolean; now: number; onBegin: () => void }) {
  const { begin } = useStrings();
  return (
    <div class="greeting" onClick={onBegin}>
      {/* Who is greeted finds the screen's own button by key and by ear. */}
      <button
        type="button"
        class={isSeen ? "pane" : "pane idle"}
        aria-label={begin}
        aria-hidden={isSeen}
        tabIndex={isSeen ? -1 : 0}
      />
      {isSeen ? <Hello /> : <Idle now={now} />}
    </div>
  );
}
