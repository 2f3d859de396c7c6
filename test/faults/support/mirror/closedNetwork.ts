import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

/** In a network namespace of its own: there is a loopback and nothing else, no matter what a program tries. */
const ENTER = ["--net", "sh", "-c", 'ip link set lo up && exec "$0" "$@"'];

/** Runs one of our scripts without a way out of the machine. @returns what it wrote, as JSON has it */
export async function runInClosedNetwork<T>(script: string, args: readonly string[]): Promise<T> {
  const { stdout } = await promisify(execFile)("unshare", [...ENTER, process.execPath, script, ...args]);
  return JSON.parse(stdout) as T;
}

/** Why there can be no such network here; undefined when there can. */
export function closedNetworkUnavailable(): string | undefined {
  const { status, stderr, error } = spawnSync("unshare", [...ENTER, "true"], { encoding: "utf8" });
  if (status === 0) return undefined;
  return `no network namespace (needs its rights, unshare and ip): ${(error?.message ?? stderr).trim()}`;
}
