import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Compare } from "./Compare.tsx";
import { Leaves } from "./Leaves.tsx";
import type { Look } from "./Look.ts";
import { Player } from "./Player.tsx";
import { RemoveBar } from "./RemoveBar.tsx";
import { strings } from "./strings.ts";
import { usePosters } from "./usePosters.ts";

const text = strings.looks;

/** The looks: one is shown, the others wait beneath; two can be compared. */
export function LooksView(props: {
  looks: readonly Look[];
  until: number;
  onRemove: () => Promise<void>;
}): JSX.Element {
  const { looks, until, onRemove } = props;
  const [shown, setShown] = useState(0);
  const [isComparing, setComparing] = useState(false);
  const posters = usePosters(looks);
  const look = looks[shown];
  if (isComparing) return <Compare looks={looks} posters={posters} onBack={() => setComparing(false)} />;
  return (
    <main class="looks">
      <h1>{text.title}</h1>
      {look && <Player key={look.index} look={look} />}
      {looks.length > 1 && (
        <div class="shelf" role="group" aria-label={text.choose}>
          {looks.map(({ index, details }) => (
            <button
              key={index}
              type="button"
              class="poster"
              aria-pressed={index === shown}
              onClick={() => setShown(index)}
            >
              {posters[index] && <img src={posters[index]} alt="" />}
              <span>{text.look(index + 1)}</span>
              {details.article && <span class="only-heard">{details.article.name}</span>}
            </button>
          ))}
        </div>
      )}
      {looks.length > 1 && (
        <button type="button" class="wide" onClick={() => setComparing(true)}>
          {text.compare}
        </button>
      )}
      <Leaves until={until} />
      <RemoveBar ask={strings.remove.ask} onRemove={onRemove} />
    </main>
  );
}
