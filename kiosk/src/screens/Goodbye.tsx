import { useStrings } from "../strings/languages.ts";
import { Panel } from "../ui/Panel.tsx";

/** The session is over, and what was recorded is being destroyed. */
export function Goodbye() {
  const words = useStrings();
  return (
    <Panel title={words.goodbyeTitle}>
      <p class="lead">{words.goodbyeText}</p>
    </Panel>
  );
}
