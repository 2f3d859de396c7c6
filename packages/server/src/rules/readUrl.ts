import { safeUrl } from "@vitrine/core";
import { readText, type Cursor } from "./problems.ts";

const MAX_URL_CHARS = 2_000;

/** Reads an address that a page may lead to or load a picture from. */
export function readUrl(at: Cursor): string | undefined {
  const url = readText(at, MAX_URL_CHARS);
  if (url === undefined) return undefined;
  return (
    safeUrl(url) ?? at.fail("Is not a safe address. Write https://… or a path of the shop such as /cart.")
  );
}
