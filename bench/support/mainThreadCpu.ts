import { readFileSync } from "node:fs";

/** What the main threads of processes did since they began, ms. */
export interface ThreadTime {
  /** They ran. */
  ranMs: number;
  /** They could have run, and no core was free. */
  queuedMs: number;
}

/** Reads it from the system's scheduler: unlike a clock, it does not count what others did with the core. */
export function mainThreadCpu(ids: readonly number[]): ThreadTime {
  const all = ids.map((id) =>
    readFileSync(`/proc/${id}/task/${id}/schedstat`, "utf8").split(" ").map(Number),
  );
  const sum = (which: 0 | 1) => all.reduce((total, times) => total + times[which]!, 0) / 1e6;
  return { ranMs: sum(0), queuedMs: sum(1) };
}
