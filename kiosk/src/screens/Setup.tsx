import { useState } from "preact/hooks";
import type { Shell } from "../shell.ts";
import { useStrings } from "../strings/languages.ts";
import { textOf } from "../ui/textOf.ts";
import { Panel } from "../ui/Panel.tsx";

/** A mirror that belongs to no shop yet. For the person who installs it. */
export function Setup({ shell, onDone }: { shell: Shell; onDone: () => void }) {
  const words = useStrings();
  const [problem, setProblem] = useState("");
  const enrol = (form: HTMLFormElement) => {
    setProblem("");
    shell
      .enrol(textOf(form, "code"), textOf(form, "server"))
      .then(onDone, (error: Error) => setProblem(error.message));
  };
  return (
    <Panel title={words.enrolTitle}>
      <p class="lead">{words.enrolText}</p>
      <form
        class="setup"
        onSubmit={(event) => {
          event.preventDefault();
          enrol(event.currentTarget);
        }}
      >
        <label>
          {words.enrolServer}
          <input name="server" type="url" required placeholder="https://" autocomplete="off" />
        </label>
        <label>
          {words.enrolCode}
          <input name="code" required autocomplete="off" spellcheck={false} />
        </label>
        {problem && <p role="alert">{problem}</p>}
        <button class="button main">{words.enrol}</button>
      </form>
    </Panel>
  );
}
