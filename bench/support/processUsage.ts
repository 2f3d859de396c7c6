/** What a process has used so far, and holds now. */
export interface Usage {
  /** Seconds of CPU, all threads. */
  cpuSeconds: number;
  /** Bytes resident, after a collection of garbage where the process was started with `--expose-gc`. */
  memoryBytes: number;
}

/** Reads the use of this process. */
export function processUsage(): Usage {
  (globalThis as { gc?: () => void }).gc?.();
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, memoryBytes: process.memoryUsage.rss() };
}
