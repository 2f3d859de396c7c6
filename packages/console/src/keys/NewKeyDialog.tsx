import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, type ApiError } from "../api/client.ts";
import type { KeyRow } from "../api/types.ts";
import { strings } from "../strings.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice, Segments } from "../ui/parts.tsx";

const text = strings.keys;

/** Asks what a new key is for and what it may do. */
export function NewKeyDialog(props: {
  onClose: () => void;
  onCreated: (key: KeyRow & { text: string }) => void;
}): JSX.Element {
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"secret" | "site">("secret");
  const [scopes, setScopes] = useState<readonly string[]>(["write"]);
  const [error, setError] = useState<string>();
  const toggle = (scope: string) =>
    setScopes(scopes.includes(scope) ? scopes.filter((one) => one !== scope) : [...scopes, scope]);
  const create = async () => {
    if (!name.trim()) return setError(text.noName);
    if (kind === "secret" && scopes.length === 0) return setError(text.noScope);
    await ask<KeyRow & { text: string }>("POST", "/keys", { kind, name: name.trim(), scopes }).then(
      props.onCreated,
      (refusal: ApiError) => setError(refusal.message),
    );
  };
  return (
    <Dialog
      title={text.create}
      onClose={props.onClose}
      confirm={{ label: text.createButton, onConfirm: create }}
    >
      <label class="field">
        {text.name}
        <input
          type="text"
          maxLength={60}
          placeholder={text.namePlaceholder}
          value={name}
          onInput={(e) => setName(e.currentTarget.value)}
        />
      </label>
      <div>
        <Segments
          label={text.kind}
          value={kind}
          choices={[
            ["secret", text.secret],
            ["site", text.site],
          ]}
          onChoose={setKind}
        />
      </div>
      {kind === "site" && <p class="soft">{text.siteHint}</p>}
      <fieldset class="stack tight" hidden={kind === "site"}>
        <legend class="strong">{text.scopes}</legend>
        {Object.entries(text.scopeTexts).map(([scope, [label, meaning]]) => (
          <label key={scope} class="check">
            <input type="checkbox" checked={scopes.includes(scope)} onChange={() => toggle(scope)} />
            <span>
              <span class="strong">{label}</span> <span class="soft">{meaning}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {error && <Notice tone="bad">{error}</Notice>}
    </Dialog>
  );
}
