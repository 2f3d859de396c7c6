import type { Answer, RequestContext } from "./route.ts";

/** A body in both forms: `gzipped` is made once and kept by whoever has it. */
export interface Zipped {
  plain: string | Buffer | object;
  gzipped: () => Buffer;
  type: string;
}

/**
 * Answers compressed where the client can read that, and 304 to who has it.
 * @param tag names this very content; weak, since it is one for the plain and the compressed bytes
 */
export function answerZipped(
  { request }: Pick<RequestContext, "request">,
  tag: string,
  headers: Record<string, string>,
  { plain, gzipped, type }: Zipped,
): Answer {
  const vary = [headers.Vary ?? [], "Accept-Encoding"].flat().join(", ");
  const tagged = { ...headers, ETag: `W/"${tag}"`, Vary: vary };
  const { "if-none-match": known = "", "accept-encoding": readable = "" } = request.headers;
  // Compared weakly (RFC 9110, 13.1.2).
  if (known.split(/,\s*/).some((one) => one.replace(/^W\//, "") === `"${tag}"`))
    return { status: 304, headers: tagged };
  const typed = { ...tagged, "Content-Type": type };
  if (!/\bgzip\b/.test(readable)) return { status: 200, headers: typed, body: plain };
  return { status: 200, headers: { ...typed, "Content-Encoding": "gzip" }, body: gzipped() };
}
