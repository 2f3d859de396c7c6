import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  bucketHash,
  bucketRanges,
  chooseVariant,
  equalWeights,
  inNamespace,
} from "../../../packages/core/src/rules/bucketing/index.ts";

const people = Array.from({ length: 20_000 }, (_, i) => `person-${i}`);
const place = (person: string, seed = "rule"): number => bucketHash(seed, person, 2)!;

function variantsAt(coverage: number): number[] {
  return people.map((person) => chooseVariant(place(person), bucketRanges(2, coverage, [0.3, 0.7])));
}

describe("bucketing", () => {
  it("spreads people by the weights", () => {
    const ranges = bucketRanges(3, 1, [0.1, 0.3, 0.6]);
    const counts = [0, 0, 0];
    for (const person of people) counts[chooseVariant(place(person), ranges)]!++;
    // Five standard deviations of the widest share.
    [0.1, 0.3, 0.6].forEach((weight, i) => {
      const expected = weight * people.length;
      assert.ok(
        Math.abs(counts[i]! - expected) < 5 * Math.sqrt(people.length / 4),
        `${counts.join()} at ${i}`,
      );
    });
  });

  it("moves nobody between variants when the coverage grows", () => {
    const few = variantsAt(0.2);
    const many = variantsAt(0.6);
    assert.ok(few.filter((variant) => variant >= 0).length > 3_000);
    few.forEach((variant, i) => assert.ok(variant === -1 || variant === many[i]));
  });

  it("is independent from one seed to the next", () => {
    const both = people.filter((person) => place(person, "one") < 0.5 && place(person, "two") < 0.5).length;
    assert.ok(Math.abs(both - people.length / 4) < 5 * Math.sqrt(people.length / 4), `${both}`);
  });

  it("puts each person into at most one of two disjoint shares of a namespace", () => {
    const shares = people.map((person) => [
      inNamespace(person, ["n", 0, 0.4]),
      inNamespace(person, ["n", 0.4, 1]),
    ]);
    assert.ok(shares.every(([low, high]) => low !== high));
  });

  for (const weights of [[], [1], [0.5, Number.NaN], [-0.5, 1.5], [0.2, 0.2], [Infinity, 0]]) {
    it(`uses equal shares instead of ${JSON.stringify(weights)}`, () => {
      assert.deepEqual(bucketRanges(2, 1, weights), bucketRanges(2, 1, equalWeights(2)));
    });
  }

  it("covers nobody when the coverage is no number", () => {
    assert.equal(chooseVariant(0, bucketRanges(2, Number.NaN)), -1);
  });

  it("finds a place from 0 to below 1 for any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        fc.constantFrom(1, 2),
        (seed, value, version) => {
          const found = bucketHash(seed, value, version);
          assert.ok(found !== null && found >= 0 && found < 1);
        },
      ),
    );
  });
});
