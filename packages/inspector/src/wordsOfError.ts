/** What went wrong, in a line; anything may have been thrown. */
export function wordsOfError(error: unknown): string {
  if (error === undefined) return "";
  if (error instanceof Error) return error.message || error.name;
  return typeof error === "string" ? error : Object.prototype.toString.call(error);
}
