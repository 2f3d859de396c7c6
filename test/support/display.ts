import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";

/** An X server without a screen, of our own. */
export interface Display {
  /** Value of `DISPLAY`. */
  name: string;
  close(): void;
}

/**
 * Starts a program that ends with us: the kernel ends a process whose parent died, however it died: Ctrl-C, an
 * exception or a kill. Its own children are of its process group.
 */
export function spawnTied(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  stdio: "ignore" | "pipe",
): ChildProcess {
  return spawn("setpriv", ["--pdeathsig", "KILL", command, ...args], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "ignore", stdio],
  });
}

/** Ends a program that {@link spawnTied} started, with all its children. */
export function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

/** The number of a display of our own, which the server chooses and writes to its fourth file when it is ready. */
async function readDisplay(server: ChildProcess): Promise<string> {
  const pipe = server.stdio[3] as Readable;
  let text = "";
  for await (const part of pipe) {
    text += String(part);
    if (text.endsWith("\n")) return `:${text.trim()}`;
  }
  throw new Error("Xvfb ended before it had a display.");
}

const XVFB = "/usr/bin/Xvfb";

/** Path of Xvfb; undefined where it is not installed. */
export const findDisplayServer = (): string | undefined => (existsSync(XVFB) ? XVFB : undefined);

/** Starts an X server. @param size such as `1280x800`. */
export async function openDisplay(server: string, size: string): Promise<Display> {
  const screen = ["-displayfd", "3", "-screen", "0", `${size}x24`, "-nolisten", "tcp"];
  const started = spawnTied(server, screen, {}, "pipe");
  try {
    return { name: await readDisplay(started), close: () => endGroup(started) };
  } catch (error) {
    endGroup(started);
    throw error;
  }
}
