import type { JSX } from "preact";
import { strings } from "../strings.ts";
import { Chip } from "../ui/parts.tsx";

const text = strings.devices;

/** Which rules a device goes by, beside those that are live. */
export function RulesChip(props: { version: number | null; published: number | null }): JSX.Element {
  const { version, published } = props;
  if (version === null) return <span class="soft nowrap">{text.unknown}</span>;
  const isLive = published === null || version >= published;
  return (
    <span class="nowrap">
      <Chip tone={isLive ? "good" : "warn"}>
        {isLive ? text.live(version) : text.behind(version, published)}
      </Chip>
    </span>
  );
}
