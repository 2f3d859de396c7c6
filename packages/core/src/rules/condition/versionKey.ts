import type { Json } from "../../json.ts";

/**
 * Turns a version into text that sorts as versions do: `v1.2.3-rc.1+build` loses `v` and the build, numbers are padded
 * with blanks (below every letter), and a full version gets `~` (above every letter) so that it follows its pre-releases.
 * @returns `undefined` for what is no version.
 */
export function versionKey(version: Json): string | undefined {
  if (typeof version !== "string" && typeof version !== "number") return undefined;
  const parts = (`${version}` || "0").replace(/^v|\+[^]*/g, "").split(/[-.]/);
  if (parts.length === 3) parts.push("~");
  return parts.map((part) => (/^\d+$/.test(part) ? part.padStart(16) : part)).join("-");
}
