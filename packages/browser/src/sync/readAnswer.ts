import { isObject, type EventResult } from "@vitrine/core";

/** What came of a request. */
export type Answer =
  /** Taken or refused by name. What is not named was not looked at: try it again, as with `retry`. */
  | { kind: "taken"; results: EventResult[]; floorMs: number }
  /** Refused whole: some event in it may be the reason. */
  | { kind: "split" }
  /** Try again later, not before `floorMs` from now. */
  | { kind: "retry"; floorMs: number };

/** Longest Retry-After that is believed. */
const MAX_FLOOR_MS = 3_600_000;

/**
 * Reads the collector's answer. Whatever is not understood (a captive portal's page, an empty 204) is a retry.
 * A collector of Segment's kind names no events: its `success` is for all that were `sent`.
 */
export async function readAnswer(response: Response, sent: string[], nowMs: number): Promise<Answer> {
  const { status, headers } = response;
  if ([400, 413, 422].includes(status)) return { kind: "split" };
  const after = headers.get("retry-after") ?? 0;
  // Seconds or a date, RFC 9110 section 10.2.3.
  const asked = +after >= 0 ? +after * 1000 : Date.parse(String(after)) - nowMs;
  const floorMs = Math.min(Math.max(asked || 0, 0), MAX_FLOOR_MS);
  if (status === 200) {
    const body: unknown = await response.json().catch(() => 0);
    const { results, success } = isObject(body) ? body : {};
    if (Array.isArray(results))
      return { kind: "taken", results: results.filter(isObject) as unknown as EventResult[], floorMs };
    if (success === true)
      return {
        kind: "taken",
        results: sent.map((messageId) => ({ messageId, status: "accepted" })),
        floorMs: 0,
      };
  }
  return { kind: "retry", floorMs };
}
