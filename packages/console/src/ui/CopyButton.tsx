import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { strings } from "../strings.ts";
import { Icon } from "./Icon.tsx";

/** Copies a text and says so. */
export function CopyButton({
  text,
  label = strings.common.copy,
}: {
  text: string;
  label?: string;
}): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    // Without permission (an http address other than this machine) the text still stands there to be selected.
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button type="button" class="small" onClick={copy} aria-live="polite">
      <Icon name={isCopied ? "check" : "copy"} size={14} />
      {isCopied ? strings.common.copied : label}
    </button>
  );
}

/** A text to be copied as it stands. */
export function CodeBlock({ text }: { text: string }): JSX.Element {
  return (
    <div class="code-block">
      <pre tabIndex={0}>{text}</pre>
      <CopyButton text={text} />
    </div>
  );
}
