import { isObject, type JsonObject } from "@vitrine/core";
import { parseJson } from "../http/body.ts";
import { HttpProblem } from "../http/problem.ts";
import type { RequestContext } from "../http/route.ts";
import type { Principal } from "../keys.ts";
import type { Services } from "../services.ts";

/** Reads a JSON object, or nothing at all where a body is optional. @throws HttpProblem 400 */
export async function readFields(context: RequestContext): Promise<JsonObject> {
  const bytes = await context.body();
  if (bytes.length === 0) return {};
  const body = parseJson(bytes, context.services.settings.limits.maxDepth);
  if (!isObject(body)) throw new HttpProblem(400, "bad_request", "The body must be a JSON object.");
  return body;
}

/** An optional text of bounded length. @throws HttpProblem 400 */
export function readNote(fields: JsonObject, name: string, maxChars: number): string | null {
  const value = fields[name];
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string" && value.length <= maxChars) return value;
  throw new HttpProblem(400, "bad_request", `"${name}" must be a text of at most ${maxChars} characters.`);
}

/** A count from the query, within bounds. */
export function readLimit(url: URL, fallback: number, max: number): number {
  const limit = Number(url.searchParams.get("limit") ?? fallback);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, max) : fallback;
}

/** A cursor made of one positive integer. */
export function readCursor(url: URL): number | undefined {
  const cursor = Number(url.searchParams.get("after") ?? undefined);
  return Number.isSafeInteger(cursor) && cursor > 0 ? cursor : undefined;
}

/** Who calls; routes with a scope always have one. */
export function callerOf({ principal }: RequestContext): Principal {
  if (!principal) throw new Error("the route asks for no scope");
  return principal;
}

/** One page of a list whose items were asked for with one more than `limit`. */
export function pageOf<T>(
  found: T[],
  limit: number,
  cursorOf: (item: T) => number,
): { items: T[]; next: string | null } {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? String(cursorOf(items.at(-1)!)) : null };
}

/** Adds the name of the key that did something; null for the system. */
export function withNames<T extends { by: string }>(
  { keys }: Services,
  siteId: string,
  items: readonly T[],
): (T & { byName: string | null })[] {
  const names = new Map(keys.list(siteId).map((key) => [key.id, key.name]));
  return items.map((item) => ({ ...item, byName: names.get(item.by) ?? null }));
}
