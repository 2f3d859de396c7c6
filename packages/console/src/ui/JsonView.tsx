import type { JSX } from "preact";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON, indented and coloured. Built from text nodes: what an event says can never become markup. */
export function JsonView({ value }: { value: unknown }): JSX.Element {
  const text = JSON.stringify(value, null, 2) ?? "";
  const parts: (string | JSX.Element)[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, match.index));
    const [whole, quoted, colon] = match;
    const kind = quoted === undefined ? "literal" : colon === undefined ? "text" : "key";
    parts.push(<span class={kind}>{quoted ?? whole}</span>, colon ?? "");
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return (
    <pre class="json" tabIndex={0}>
      {parts}
    </pre>
  );
}
