import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { TimedEvent } from "../../../packages/core/src/event/event.ts";
import { canonicalFold, foldEvent, mergeFolds } from "../../../packages/core/src/profile/fold.ts";
import type { Fold } from "../../../packages/core/src/profile/foldState.ts";
import { joinFolds } from "../../../packages/core/src/profile/joinFolds.ts";
import { profileView } from "../../../packages/core/src/profile/profileView.ts";
import { histories } from "./histories.ts";
import { inBatches, inOrder, inTree, randomFrom, shuffled, type Algebra } from "./lawfulness.ts";

const REAL: Algebra = { foldEvent, mergeFolds };
const LATER = Date.parse("2026-11-23T00:00:00Z");

/** As JSON, where a field that is undefined and one that is absent are the same. */
const view = (fold: Fold): unknown => JSON.parse(JSON.stringify(profileView(fold, LATER)));

const total = (cells: Record<string, number>) => Object.values(cells).reduce((a, b) => a + b, 0);

/** The bound that suggests itself and is unlawful: what was cut early may have come to count most. */
function cutByCount(fold: Fold, max: number): Fold {
  const keys = Object.entries(fold.categories ?? {});
  if (keys.length <= max) return fold;
  const ranked = keys.toSorted(([a, x], [b, y]) => total(y) - total(x) || (a < b ? -1 : 1));
  return Object.assign(fold, { categories: Object.fromEntries(ranked.slice(0, max)) });
}

/** The law as a property: every way to fold a set of events gives the same bytes. */
function law(algebra: Algebra) {
  return fc.property(histories, fc.integer(), (events, seed) => {
    const random = randomFrom(seed);
    const expected = canonicalFold(inOrder(algebra, events));
    const folds = [
      inOrder(algebra, shuffled(events, random)),
      inBatches(algebra, shuffled(events, random), random),
      inTree(algebra, shuffled(events, random), random),
    ];
    for (const fold of folds) assert.equal(canonicalFold(fold), expected);
  });
}

describe("the fold of a set of events", () => {
  it("is the same to the byte in any order, in any batches, over any merge tree, for 10,000 random histories", () => {
    fc.assert(law(REAL), { numRuns: 10_000 });
  });

  it("reads as the same profile, lists in the same order, whatever way it was folded", () => {
    fc.assert(
      fc.property(histories, fc.integer(), (events, seed) => {
        const random = randomFrom(seed);
        assert.deepEqual(view(inTree(REAL, shuffled(events, random), random)), view(inOrder(REAL, events)));
      }),
      { numRuns: 1000 },
    );
  });

  it("leaves the folds it merges as they are", () => {
    fc.assert(
      fc.property(histories, histories, (some, others) => {
        const [a, b] = [inOrder(REAL, some), inOrder(REAL, others)];
        const before = [canonicalFold(a), canonicalFold(b)];
        const merged = mergeFolds(a, b);
        foldAllInto(merged, others);
        assert.deepEqual([canonicalFold(a), canonicalFold(b)], before);
      }),
      { numRuns: 300 },
    );
  });

  it("joins with those of other identities in any order, stricter consent included", () => {
    fc.assert(
      fc.property(histories, fc.integer(), (events, seed) => {
        const random = randomFrom(seed);
        const hands: TimedEvent[][] = [[], [], []];
        for (const event of events) hands[Math.floor(random() * 3)]!.push(event);
        const folds = hands.map((hand) => inOrder(REAL, hand));
        const joined = canonicalFold(joinFolds(folds));
        assert.equal(canonicalFold(joinFolds(shuffled(folds, random))), joined);
      }),
      { numRuns: 1000 },
    );
  });

  it("does not depend on the empty fold", () => {
    fc.assert(
      fc.property(histories, (events) => {
        const fold = inOrder(REAL, events);
        const empty = inOrder(REAL, []);
        assert.equal(canonicalFold(mergeFolds(fold, empty)), canonicalFold(fold));
        assert.equal(canonicalFold(mergeFolds(empty, fold)), canonicalFold(fold));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the test of the laws", () => {
  for (const max of [3, 500]) {
    it(`catches a bound that keeps the ${max} greatest counts`, () => {
      assertCaught({
        foldEvent: (fold, event) => cutByCount(foldEvent(fold, event), max),
        mergeFolds: (a, b) => cutByCount(mergeFolds(a, b), max),
      });
    });
  }

  it("catches a clock that goes by arrival", () => {
    assertCaught({
      ...REAL,
      foldEvent: (fold, event) => Object.assign(foldEvent(fold, event), { newest: Math.max(1, event.time) }),
    });
  });
});

function assertCaught(unlawful: Algebra): void {
  const found = fc.check(law(unlawful), { numRuns: 10_000, endOnFailure: true });
  assert.equal(found.failed, true);
}

function foldAllInto(fold: Fold, events: TimedEvent[]): void {
  for (const event of events) foldEvent(fold, event);
}
