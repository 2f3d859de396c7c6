/** How often a page may be started anew before the safe page takes its place. */
export interface RestartBudgetOptions {
  /** Restarts within the window. */
  max: number;
  withinMs: number;
  /** Milliseconds that never run backwards. */
  now: () => number;
}

/** Three restarts within a minute: a page that fails a fourth time will fail again. */
export const RESTART_BUDGET = { max: 3, withinMs: 60_000 } as const;

/** Says for each failure whether to start the page anew, or to show the safe page: a loop of restarts helps nobody. */
export function createRestartBudget({ max, withinMs, now }: RestartBudgetOptions): () => "restart" | "safe" {
  let spent: number[] = [];
  return () => {
    const at = now();
    spent = spent.filter((earlier) => at - earlier < withinMs);
    if (spent.length >= max) return "safe";
    spent.push(at);
    return "restart";
  };
}
