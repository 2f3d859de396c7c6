import { HttpProblem } from "../http/problem.ts";
import { createRulesKey, type RulesKey } from "../site/rulesKeys.ts";

type Keys = readonly RulesKey[];

/** Announces a key that is to sign later. @throws HttpProblem 409 when one is announced */
export function announceKey(keys: Keys, at: number): { keys: Keys; kid: string } {
  if (keys.some(({ state }) => state === "next")) {
    const detail = "A next key is announced already; promote it, or drop it first.";
    throw new HttpProblem(409, "next_exists", detail);
  }
  const next = createRulesKey("next", at);
  const [current, ...retired] = keys.toSorted(
    (a, b) => Number(b.state === "current") - Number(a.state === "current"),
  );
  return { keys: [current!, next, ...retired], kid: next.kid };
}

/** Lets the next key sign from now on; the one before retires, and its private key is gone. @throws HttpProblem 404, 409 */
export function promoteKey(keys: Keys, kid: string, at: number): Keys {
  const promoted = find(keys, kid);
  if (promoted.state !== "next")
    throw new HttpProblem(
      409,
      "not_next",
      `This key is ${promoted.state}; only an announced one can be promoted.`,
    );
  const retired = keys
    .filter((key) => key !== promoted)
    .map((key): RulesKey =>
      key.state === "current" ? { ...key, state: "retired", since: at, privateKey: null } : key,
    );
  return [{ ...promoted, state: "current", since: at }, ...retired];
}

/** Takes a retired key, or one that was announced, out of what pages are told to trust. @throws HttpProblem 404, 409 */
export function dropKey(keys: Keys, kid: string): Keys {
  const dropped = find(keys, kid);
  if (dropped.state === "current")
    throw new HttpProblem(409, "is_current", "This key signs; promote the next one first.");
  return keys.filter((key) => key !== dropped);
}

function find(keys: Keys, kid: string): RulesKey {
  const found = keys.find((key) => key.kid === kid);
  if (!found) throw new HttpProblem(404, "unknown_kid", "There is no such key; it may have been dropped.");
  return found;
}
