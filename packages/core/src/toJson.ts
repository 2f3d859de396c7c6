/**
 * JSON as the standard has it, also in a page where a library gave all lists or objects a `toJSON` of its own: prototype.js
 * before 1.7.3 makes a text of each list. What has one by itself, as dates do, keeps it.
 */
export function toJson(value: unknown): string {
  const taught = [] as { toJSON?: () => unknown };
  const own = function (this: Record<string, typeof taught | undefined>, key: string, json: unknown) {
    return this[key]?.toJSON === taught.toJSON ? this[key] : json;
  };
  // Only there, since it would cost every event.
  return JSON.stringify(value, taught.toJSON && own);
}
