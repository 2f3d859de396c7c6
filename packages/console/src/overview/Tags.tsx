import type { JSX } from "preact";
import type { Overview } from "../api/types.ts";
import { strings } from "../strings.ts";
import { CodeBlock } from "../ui/CopyButton.tsx";

const text = strings.overview;

/** What a shop pastes into its pages: the script tag, and the reader for the first painted frame. */
export function Tags({ overview }: { overview: Overview }): JSX.Element {
  const { scriptTag, firstPaint } = overview;
  return (
    <div class="stack tight tags">
      <p class="soft">{text.tagLead}</p>
      <CodeBlock text={scriptTag} />
      {firstPaint && (
        <details>
          <summary>{text.reader}</summary>
          <div class="stack tight">
            <p class="soft small">{text.readerLead}</p>
            <CodeBlock text={firstPaint.tag} />
            <p class="soft small">{text.readerHash}</p>
            <CodeBlock text={`'${firstPaint.hash}'`} />
          </div>
        </details>
      )}
    </div>
  );
}
