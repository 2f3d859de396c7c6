import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, type ApiError } from "../api/client.ts";
import type { EnrolmentCode } from "../api/types.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/parts.tsx";

const text = strings.newKiosk;

/** Asks what a new kiosk is called and where it stands. */
export function NewKioskDialog(props: {
  onClose: () => void;
  onCreated: (code: EnrolmentCode) => void;
}): JSX.Element {
  const [name, setName] = useState("");
  const [store, setStore] = useState("");
  const [error, setError] = useState<string>();
  const create = async () => {
    if (!name.trim()) return setError(text.noName);
    if (!store.trim()) return setError(text.noStore);
    await ask<EnrolmentCode>("POST", "/kiosks", { name: name.trim(), store: store.trim() }).then(
      props.onCreated,
      (refusal: ApiError) => setError(refusal.message),
    );
  };
  return (
    <Dialog
      title={strings.kiosks.enrol}
      onClose={props.onClose}
      confirm={{ label: text.button, onConfirm: create }}
    >
      <Field label={text.name} hint={text.nameHint} example={text.namePlaceholder} onText={setName} />
      <Field label={text.store} hint={text.storeHint} example={text.storePlaceholder} onText={setStore} />
      {error && <Notice tone="bad">{error}</Notice>}
    </Dialog>
  );
}

function Field(props: {
  label: string;
  hint: string;
  example: string;
  onText: (text: string) => void;
}): JSX.Element {
  return (
    <label class="field">
      {props.label}
      <input
        type="text"
        maxLength={60}
        placeholder={props.example}
        onInput={(event) => props.onText(event.currentTarget.value)}
      />
      <span class="soft small">{props.hint}</span>
    </label>
  );
}
