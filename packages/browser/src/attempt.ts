/**
 * Calls what may throw for reasons that are not ours: a page's own getters, storage that is blocked in this frame.
 * @returns undefined when it threw.
 */
export function attempt<T>(task: () => T): T | undefined {
  try {
    return task();
  } catch {
    return undefined;
  }
}
