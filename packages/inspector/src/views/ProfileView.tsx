import type { JSX } from "preact";
import type { Inspection } from "../createInspection.ts";
import { Tree } from "../parts/Tree.tsx";
import { strings } from "../strings.ts";

const text = strings.profile;

/** What the device knows of its person. */
export function ProfileView({ inspection: { profile } }: { inspection: Inspection }): JSX.Element {
  const entries = Object.entries(profile ?? {});
  const known = entries.filter(([, value]) => !isEmpty(value));
  const unknown = entries.filter(([, value]) => isEmpty(value)).map(([name]) => name);
  return (
    <div class="page">
      {known.length === 0 ? <p class="empty">{text.empty}</p> : <Tree value={Object.fromEntries(known)} />}
      {unknown.length > 0 && (
        <p class="soft">
          {text.nothingOf} {unknown.join(", ")}
        </p>
      )}
    </div>
  );
}

/** True when nothing but zeros and empty lists is in it. */
function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.values(value).every(isEmpty);
  return value === undefined || value === null || value === 0;
}
