/** Runs what is handed in one at a time, in the order in which it was handed in. */
export type Alone = <T>(part: () => Promise<T>) => Promise<T>;

/** Creates a lock of one place. */
export function createAlone(): Alone {
  let last: Promise<unknown> = Promise.resolve();
  return (part) => {
    const mine = last.then(part);
    last = mine.catch(() => {});
    return mine;
  };
}

/** Runs all tasks, `places` at a time, in their order. */
export async function runTogether(places: number, tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...tasks];
  const work = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) await task();
  };
  await Promise.all(Array.from({ length: places }, work));
}
