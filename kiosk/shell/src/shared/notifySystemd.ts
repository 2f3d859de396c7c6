import { spawn } from "node:child_process";

/** Tells systemd how we are, when it started us. */
export interface Supervisor {
  /** Told once, when the mirror is on the screen for the first time. */
  ready(): void;
  /** Feeds the watchdog; without it systemd ends all our processes and starts anew. */
  alive(): void;
  /** How often `alive` should be called; undefined when nobody watches. */
  readonly intervalMs: number | undefined;
}

/**
 * Speaks through `systemd-notify`, since Node has no datagram sockets of the file system.
 * The unit must say `NotifyAccess=all`. `WATCHDOG_PID` is not looked at: it names the compositor that started us.
 */
export function notifySystemd(env: NodeJS.ProcessEnv, log: (line: string) => void): Supervisor {
  if (!env["NOTIFY_SOCKET"]) return { ready: () => undefined, alive: () => undefined, intervalMs: undefined };
  const tell = (...words: string[]) =>
    spawn("systemd-notify", words, { env, stdio: "ignore" }).on("error", (error) =>
      log(`systemd-notify cannot be run: ${error.message}`),
    );
  const watchdogMs = Number(env["WATCHDOG_USEC"] ?? 0) / 1000;
  return {
    ready: () => void tell("--ready"),
    alive: () => void tell("WATCHDOG=1"),
    intervalMs: watchdogMs > 0 ? watchdogMs / 3 : undefined,
  };
}
