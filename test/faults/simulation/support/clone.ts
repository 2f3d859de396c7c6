/** Copies what may be stored or posted, as structured cloning does for plain data; far faster in Node. */
export function clone<T>(value: T): T {
  if (typeof value !== "object" || value === null) {
    if (typeof value === "function") throw new DOMException("A function cannot be cloned.", "DataCloneError");
    return value;
  }
  if (Array.isArray(value)) return value.map(clone) as T;
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new DOMException("Not plain data.", "DataCloneError");
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clone(inner as unknown)])) as T;
}
