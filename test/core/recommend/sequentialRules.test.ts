import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { buildSequentialRules, followersOf, type Visit } from "@vitrine/core";

const visits = fc.array(fc.array(fc.constantFrom("a", "b", "c", "d", "constructor"), { maxLength: 8 }), {
  maxLength: 12,
});

/** The same by its definition: 1 / distance for each later click within ten. */
function weightsAfter(past: readonly Visit[], last: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const visit of past) {
    const clicks = visit.filter((id, place) => id !== visit[place - 1]);
    clicks.forEach((from, i) =>
      clicks.slice(i + 1, i + 11).forEach((to, j) => {
        if (from === last && to !== last) weights.set(to, (weights.get(to) ?? 0) + 1 / (j + 1));
      }),
    );
  }
  return weights;
}

describe("the rules of what follows what", () => {
  it("name the followers of an article by 1 / distance", () => {
    fc.assert(
      fc.property(visits, fc.constantFrom("a", "b", "constructor"), (past, last) => {
        const weights = weightsAfter(past, last);
        const named = followersOf(buildSequentialRules(past), last, 20);
        assert.deepEqual([...named].sort(), [...weights.keys()].sort());
        named.forEach((id, place) => {
          const before = named[place - 1];
          if (before) assert.ok(weights.get(before)! > weights.get(id)! - 1e-9);
        });
      }),
    );
  });

  it("are the same whatever order the visits came in", () => {
    fc.assert(
      fc.property(visits, (past) => {
        assert.deepEqual(buildSequentialRules([...past].reverse()), buildSequentialRules(past));
      }),
    );
  });

  it("keep as many followers as they are told, and give as many as are asked for", () => {
    const rules = buildSequentialRules([["a", "b", "c", "d"]], { followers: 2 });
    assert.deepEqual(followersOf(rules, "a", 20), ["b", "c"]);
    assert.deepEqual(followersOf(rules, "a", 1), ["b"]);
  });

  it("know nothing of an article nobody clicked, nor from a damaged table", () => {
    assert.deepEqual(followersOf(buildSequentialRules([["a", "b"]]), "z", 5), []);
    assert.deepEqual(followersOf({ items: ["a", "b"], next: [[7, 0, 1]] }, "a", 5), ["b"]);
  });
});
