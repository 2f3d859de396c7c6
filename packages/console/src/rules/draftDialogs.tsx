import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { RulesState } from "../api/types.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/parts.tsx";
import type { Toast } from "../ui/useToast.tsx";

const text = strings.rules;

interface Props {
  toast: Toast;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for a note and publishes the draft. */
export function PublishDialog({ state, toast, onDone, onClose }: Props & { state: RulesState }): JSX.Element {
  const [note, setNote] = useState("");
  const { isNeeded, isYours, writer } = state.review;
  const next = (state.published?.version ?? 0) + 1;
  const publish = async () => {
    const { version } = await ask<{ version: number }>("POST", "/rules/publish", { note });
    toast.say(text.published(version));
    onDone();
  };
  return (
    <Dialog
      title={text.publishTitle(next)}
      onClose={onClose}
      confirm={{
        label: text.publishButton,
        onConfirm: () => toast.attempt(publish),
        isDisabled: isNeeded && isYours,
      }}
    >
      {isNeeded && isYours && <Notice tone="warn">{text.needsOther}</Notice>}
      {writer !== null && !isYours && <p>{text.writtenBy(writer)}</p>}
      <p>{text.publishText}</p>
      <label class="field">
        {text.note}
        <input
          type="text"
          maxLength={200}
          placeholder={text.notePlaceholder}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
    </Dialog>
  );
}

/** Asks before the draft is thrown away. */
export function DiscardDialog({ toast, onDone, onClose }: Props): JSX.Element {
  const discard = async () => {
    await ask("DELETE", "/rules/draft");
    onDone();
  };
  return (
    <Dialog
      title={text.discardTitle}
      onClose={onClose}
      confirm={{ label: text.discard, isDangerous: true, onConfirm: () => toast.attempt(discard) }}
    >
      <p>{text.discardText}</p>
    </Dialog>
  );
}
