import { readText, type Cursor } from "./problems.ts";

/** Ids and placements stand in attributes, addresses and keys: letters, digits, `-`, `_`, `.`. */
export function readName(at: Cursor): string | undefined {
  const name = readText(at, 64);
  if (name === undefined) return undefined;
  return /^[a-z0-9][\w.-]*$/i.test(name)
    ? name
    : at.fail("May hold letters, digits, dots, hyphens and underscores.");
}
