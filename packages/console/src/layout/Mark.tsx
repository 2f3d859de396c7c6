import type { JSX } from "preact";

/** The mark: a pane of glass, and its reflection. */
export function Mark({ size = 28 }: { size?: number }): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0e5f58" />
      <rect x="8" y="7" width="11" height="15" rx="2.5" fill="#fff" />
      <rect x="13" y="10" width="11" height="15" rx="2.5" fill="#8fd6cb" fill-opacity=".75" />
    </svg>
  );
}
