import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";

/** She stepped away. Nothing of hers is on the screen; her phone opens it again, anybody may start over. */
export function Locked({ onStartOver }: { onStartOver: () => void }) {
  const words = useStrings();
  return (
    <Panel title={words.lockedTitle}>
      <p class="lead">{words.lockedText}</p>
      <div class="actions">
        <Button onPress={onStartOver}>{words.startOver}</Button>
      </div>
    </Panel>
  );
}
