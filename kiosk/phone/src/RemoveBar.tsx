import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { strings } from "./strings.ts";

const text = strings.remove;

/** "Delete now", with one question in between: what is deleted is gone. */
export function RemoveBar(props: {
  /** The question. */
  ask: string;
  onRemove: () => Promise<void>;
}): JSX.Element {
  const { ask, onRemove } = props;
  const [state, setState] = useState<"idle" | "asked" | "failed">("idle");
  const remove = () => {
    onRemove().catch(() => setState("failed"));
  };
  if (state === "idle") {
    return (
      <button type="button" class="quiet danger" onClick={() => setState("asked")}>
        {text.button}
      </button>
    );
  }
  return (
    <div class="ask" role="alertdialog" aria-label={text.button} aria-describedby="ask-text">
      <p id="ask-text">{state === "failed" ? text.failed : ask}</p>
      <div class="row">
        <button type="button" class="danger" onClick={remove}>
          {text.yes}
        </button>
        <button type="button" onClick={() => setState("idle")}>
          {text.no}
        </button>
      </div>
    </div>
  );
}
