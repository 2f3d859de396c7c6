import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ListView } from "./ListView.tsx";
import { LooksView } from "./LooksView.tsx";
import { limitOf } from "./saving.ts";
import { strings } from "./strings.ts";
import type { Take } from "./take.ts";

/** The page: from the tap that opens to the word that all is deleted. */
export function App({ take }: { take: Take }): JSX.Element {
  const [, redraw] = useState(0);
  useEffect(() => take.onChange(() => redraw((n) => n + 1)), [take]);
  const { state } = take;
  const open = () => void take.open();
  switch (state.kind) {
    case "ready":
      return <Start text={take.what === "list" ? strings.startList : strings.start} onOpen={open} />;
    case "no_key":
      return <Message {...strings.noKey} />;
    case "opening":
      return <Message title={strings.opening} text="" />;
    case "reading":
      return <Reading have={state.have} bytes={state.bytes} />;
    case "here":
      return <LooksView looks={state.looks} until={state.until} onRemove={() => take.remove()} />;
    case "list":
      return <ListView list={state.list} until={state.until} onRemove={() => take.remove()} />;
    case "ended":
      return <Message {...strings.ended[state.why]} />;
    default:
      return (
        <Message {...strings.stopped[state.why]}>
          <button type="button" class="primary" onClick={open}>
            {strings.stopped.button}
          </button>
        </Message>
      );
  }
}

function Start({ text, onOpen }: { text: typeof strings.start; onOpen: () => void }): JSX.Element {
  return (
    <Message title={text.title} text={text.lead}>
      <button type="button" class="primary" onClick={onOpen}>
        {text.button}
      </button>
      <p class="soft">{limitOf(navigator, "") === "in_app" ? text.inApp : text.once}</p>
    </Message>
  );
}

function Reading({ have, bytes }: { have: number; bytes: number }): JSX.Element {
  const text = strings.reading;
  const done = text.of(megabytes(have), megabytes(bytes));
  return (
    <Message title={text.title} text="">
      <progress aria-label={text.progress} max={bytes} value={have} />
      <p class="soft number">{done}</p>
    </Message>
  );
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** A screen of few words: a mirror's glass, a heading, a sentence, what can be done. */
function Message(props: { title: string; text: string; children?: ComponentChildren }): JSX.Element {
  return (
    <main class="message">
      <div class="glass" aria-hidden="true" />
      <h1>{props.title}</h1>
      {props.text && <p role="status">{props.text}</p>}
      {props.children}
    </main>
  );
}
