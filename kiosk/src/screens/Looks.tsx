import type { Look } from "../looks/look.ts";
import { useStrings } from "../strings/languages.ts";
import { Button } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import { Poster } from "../ui/Poster.tsx";
import type { CameraScreenProps } from "./props.ts";

/** The shelf: what was recorded. Two that are chosen can be compared. */
export function Looks({ session, send }: CameraScreenProps) {
  const words = useStrings();
  const { looks, shown } = session;
  return (
    <Panel title={words.looks} wide>
      {looks.length === 0 ? <p class="lead">{words.noLooks}</p> : <p class="hint">{words.compareHint}</p>}
      <ul class="shelf">
        {looks.map((look, at) => (
          <Shelved
            key={look.id}
            look={look}
            name={look.article?.name ?? words.lookNumber(at + 1)}
            isChosen={shown.includes(look.id)}
            onToggle={() => send({ type: "choose", look: look.id })}
            onReplay={() => send({ type: "go", place: "replay", shown: [look.id] })}
            onDiscard={() => send({ type: "discard", look: look.id })}
          />
        ))}
      </ul>
      <div class="actions">
        <Button
          kind="main"
          disabled={shown.length < 2}
          onPress={() => send({ type: "go", place: "compare" })}
        >
          {words.compare}
        </Button>
        <Button disabled={looks.length === 0} onPress={() => send({ type: "go", place: "handover" })}>
          {words.take}
        </Button>
        <Button onPress={() => send({ type: "go", place: "mirror" })}>{words.mirror}</Button>
      </div>
    </Panel>
  );
}

function Shelved(props: {
  look: Look;
  name: string;
  isChosen: boolean;
  onToggle: () => void;
  onReplay: () => void;
  onDiscard: () => void;
}) {
  const { look, name, isChosen, onToggle, onReplay, onDiscard } = props;
  const words = useStrings();
  return (
    <li class={isChosen ? "shelved chosen" : "shelved"}>
      <button type="button" class="poster" aria-pressed={isChosen} onClick={onToggle}>
        {look.poster && <Poster picture={look.poster} />}
        <span class="name">{name}</span>
        <span class="mark">{isChosen ? words.chosen : words.choose}</span>
      </button>
      <div class="row">
        <Button kind="quiet" label={`${words.replay}: ${name}`} onPress={onReplay}>
          {words.replay}
        </Button>
        <Button kind="quiet" label={`${words.discard}: ${name}`} onPress={onDiscard}>
          {words.discard}
        </Button>
      </div>
    </li>
  );
}
