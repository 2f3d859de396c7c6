import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";

/** Somebody stepped in front. Nothing is recorded or kept before she begins. */
export function Hello() {
  const words = useStrings();
  return (
    <Panel title={words.helloTitle}>
      <p class="lead">{words.helloText}</p>
      <div class="actions">
        <Button kind="main">{words.begin}</Button>
      </div>
    </Panel>
  );
}
