import type { JSX } from "preact";
import { strings } from "../strings.ts";

/** Times before 2001 are counts. */
const FIRST_TIME_MS = 1e12;

/** A value as a tree that can be folded; every text of it is a text node. */
export function Tree({ value, depth = 0 }: { value: object; depth?: number }): JSX.Element {
  const entries = Object.entries(value) as [string, unknown][];
  if (entries.length === 0) return <span class="soft">{strings.tree.none}</span>;
  return (
    <ul class="tree">
      {entries.map(([key, inner]) => (
        <li key={key}>
          {typeof inner === "object" && inner !== null && Object.keys(inner).length > 0 ? (
            <details open={depth < 1}>
              <summary>
                <span class="key">{key}</span>{" "}
                <span class="soft">{strings.tree.entries(Object.keys(inner).length)}</span>
              </summary>
              <Tree value={inner} depth={depth + 1} />
            </details>
          ) : (
            <p class="leaf">
              <span class="key">{key}</span> <Leaf value={inner} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Leaf({ value }: { value: unknown }): JSX.Element {
  if (typeof value === "object" || value === undefined) return <span class="soft">{strings.tree.none}</span>;
  const isTime = typeof value === "number" && value > FIRST_TIME_MS;
  return (
    <>
      <span class={typeof value === "string" ? "text" : "literal"}>{JSON.stringify(value)}</span>
      {isTime && <span class="soft"> {new Date(value).toLocaleString()}</span>}
    </>
  );
}
