import { HEARTBEAT_MS, type Heartbeat } from "./heartbeat.ts";
import type { Supervisor } from "./notifySystemd.ts";
import type { Recovery } from "./recovery.ts";

/** What keeps a mirror going. */
export interface KeepAliveOptions {
  recovery: Recovery;
  supervisor: Supervisor;
  heartbeat: Heartbeat;
}

const CHECK_MS = 500;

/** Starts the timers: looks after the page, feeds the outside watchdog while all is well, reports to the shop. */
export function keepAlive({ recovery, supervisor, heartbeat }: KeepAliveOptions): () => void {
  const timers = [
    setInterval(() => recovery.check(), CHECK_MS),
    setInterval(() => void heartbeat.send(), HEARTBEAT_MS),
  ];
  if (supervisor.intervalMs !== undefined)
    timers.push(setInterval(() => recovery.isAlive() && supervisor.alive(), supervisor.intervalMs));
  return () => timers.forEach(clearInterval);
}
