import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { strings } from "./strings.ts";

const MINUTE_MS = 60_000;

/** How long the shop still has its copy. */
export function Leaves({ until }: { until: number }): JSX.Element {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  return <p class="soft">{strings.looks.leaves(Math.ceil((until - now) / MINUTE_MS))}</p>;
}
