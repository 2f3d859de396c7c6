import { get, put, type Keyed } from "./keyed.ts";

/** When something was said and by which message: `t` in ms since 1970, `i` the message id. */
export interface Stamp {
  t: number;
  i: string;
}

/** A last-writer-wins cell. The largest stamp stands, so the order of arrival does not matter. */
export interface Register<T> extends Stamp {
  v: T;
}

/** Registers under keys. */
export type Registers<T> = Keyed<Register<T>>;

/** Total order by time, then message id; positive when `a` is the newer. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.t - b.t || (a.i < b.i ? -1 : a.i > b.i ? 1 : 0);
}

/**
 * Writes `next` under `key` unless a newer register stands there.
 * @returns true when the key is new.
 */
export function setNewer<T>(entries: Registers<T>, key: string, next: Register<T>): boolean {
  const old = get(entries, key);
  if (!old || compareStamps(next, old) > 0) put(entries, key, next);
  return !old;
}
