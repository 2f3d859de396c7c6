import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { formatAgo, formatMoment } from "./format.ts";

/** One clock for all relative times of the page, so that they move together. */
const listeners = new Set<() => void>();
setInterval(() => {
  for (const listener of listeners) listener();
}, 5_000);

/** Now, again every few seconds. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = () => setNow(Date.now());
    listeners.add(tick);
    return () => void listeners.delete(tick);
  }, []);
  return now;
}

/** How long ago something was, with the exact moment on hover. */
export function Time({ at }: { at: number }): JSX.Element {
  const now = useNow();
  return (
    <time class="nowrap" dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
      {formatAgo(at, now)}
    </time>
  );
}
