import { HEARTBEAT_MS, type Heartbeat } from "./heartbeat.ts";
import type { Supervisor } from "./notifySystemd.ts";
import type { Recovery } from "./recovery.ts";

/** What keeps a mirror going. */
export interface KeepAliveOptions {
  recovery: Recovery;
  supervisor: Supervisor;
  heartbeat: Heartbeat;
  /** Keeps the catalogue fresh. */
  refresh: () => Promise<void>;
}

const CHECK_MS = 500;

/** Between two looks at the catalogue's age: a network that is back is used within a minute. */
const REFRESH_MS = 20_000;

/** Starts the timers: looks after the page, feeds the outside watchdog while all is well, reports to the shop. */
export function keepAlive({ recovery, supervisor, heartbeat, refresh }: KeepAliveOptions): () => void {
  void refresh();
  const timers = [
    setInterval(() => void refresh(), REFRESH_MS),
    setInterval(() => recovery.check(), CHECK_MS),
    setInterval(() => void heartbeat.send(), HEARTBEAT_MS),
  ];
  if (supervisor.intervalMs !== undefined)
    timers.push(setInterval(() => recovery.isAlive() && supervisor.alive(), supervisor.intervalMs));
  return () => timers.forEach(clearInterval);
}
