/**
 * Objects whose keys come from outside: `constructor` and `__proto__` are keys like any other.
 * Plain objects and not Maps, because folds travel as JSON and by structured clone.
 */
export type Keyed<T> = Record<string, T>;

/** Reads an own key, or undefined; never what a prototype offers. */
export function get<T>(entries: Keyed<T> | undefined, key: string): T | undefined {
  return entries && Object.hasOwn(entries, key) ? entries[key] : undefined;
}

/** Writes an own key, `__proto__` included. */
export function put<T>(entries: Keyed<T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(entries, key, { value, enumerable: true, configurable: true, writable: true });
  } else entries[key] = value;
}
