import { isStorableText } from "./measureJson.ts";

/** Longest user, anonymous or group id, in UTF-16 units. */
const MAX_ID_LENGTH = 256;

/** Longest message id; Segment asks for fewer than 100 characters. */
export const MAX_MESSAGE_ID_LENGTH = 128;

/**
 * Ids that a program makes of nothing: an empty variable turned into text, a default, an identity that was
 * never filled in. Every shopper of such a shop would become one person, so they count as absent.
 * Compared in lower case.
 */
export const BLOCKED_IDS: ReadonlySet<string> = new Set([
  // turned into text: null, undefined, NaN, an object, Python's None, Go's nil, PHP's and SQL's words
  ..."null,undefined,nan,[object object],none,nil,<nil>,(null),n/a,na,not set,(not set)".split(","),
  // a flag or a counter where an id should be
  ..."0,-1,true,false".split(","),
  // a default where an id should be
  ..."anonymous,anon,guest,unknown,user,userid,user_id,id,distinct_id,anonymousid,not_authenticated".split(
    ",",
  ),
  "00000000-0000-0000-0000-000000000000",
]);

/**
 * Reads a user, anonymous or group id. Numbers become text; surrounding blanks go.
 * @returns undefined when there is none: nothing, a blocked word, too long, or with characters that cannot be
 * stored (two ids must never become one by replacing those).
 */
export function parseId(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const id = String(value).trim();
  const usable =
    id !== "" && id.length <= MAX_ID_LENGTH && isStorableText(id) && !BLOCKED_IDS.has(id.toLowerCase());
  return usable ? id : undefined;
}

/** Reads a message id, or undefined: it is compared byte by byte, so nothing about it is mended. */
export function parseMessageId(value: unknown): string | undefined {
  const usable =
    typeof value === "string" &&
    value !== "" &&
    value.length <= MAX_MESSAGE_ID_LENGTH &&
    isStorableText(value);
  return usable ? value : undefined;
}
