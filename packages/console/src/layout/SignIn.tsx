import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ask, type ApiError } from "../api/client.ts";
import { strings } from "../strings.ts";
import { Notice } from "../ui/parts.tsx";
import { Mark } from "./Mark.tsx";

const text = strings.signIn;

/** The way in for whoever has no open session: a secret key. */
export function SignIn({ hasEnded, onSignedIn }: { hasEnded: boolean; onSignedIn: () => void }): JSX.Element {
  const [key, setKey] = useState("");
  const [error, setError] = useState<string>();
  const submit = (event: Event) => {
    event.preventDefault();
    ask("POST", "/session", { key: key.trim() }).then(onSignedIn, (refusal: ApiError) =>
      setError(refusal.message),
    );
  };
  return (
    <main class="sign-in">
      <Mark size={44} />
      <h1>{text.title}</h1>
      {hasEnded && <Notice tone="info">{text.ended}</Notice>}
      <p class="soft">{text.lead}</p>
      <form onSubmit={submit}>
        <label class="field">
          {text.key}
          <input
            type="password"
            autocomplete="off"
            required
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
          <small class="soft">{text.hint}</small>
        </label>
        {error && <Notice tone="bad">{error}</Notice>}
        <button type="submit" class="primary">
          {text.button}
        </button>
      </form>
    </main>
  );
}
