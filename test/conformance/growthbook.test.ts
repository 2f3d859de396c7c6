import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  bucketHash,
  bucketRanges,
  type BucketRange,
  chooseVariant,
  equalWeights,
  inNamespace,
  type Namespace,
} from "../../packages/core/src/rules/bucketing/index.ts";
import { type Condition, evaluateCondition } from "../../packages/core/src/rules/condition/index.ts";
import type { Json, JsonObject } from "../../packages/core/src/json.ts";

interface Cases {
  evalCondition: [
    name: string,
    condition: Condition,
    attributes: JsonObject,
    expected: boolean,
    groups?: Record<string, Json[]>,
  ][];
  hash: [seed: string, value: string, version: number, expected: number | null][];
  getBucketRange: [name: string, input: [number, number, number[] | null], expected: BucketRange[]][];
  chooseVariation: [name: string, bucket: number, ranges: BucketRange[], expected: number][];
  inNamespace: [name: string, value: string, namespace: Namespace, expected: boolean][];
  getEqualWeights: [count: number, expected: number[]][];
}

interface Difference {
  name: string;
  /** Our answer: the `kind` of the result, or the error's `code`. */
  result: string;
  reason: string;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const cases = read("cases/growthbook/cases.json") as Cases;
const differences = read("growthbook-differences.json") as Difference[];

/** The published numbers are rounded to eight decimals or fewer. */
function assertClose(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-8, `${actual} is not ${expected}`);
}

function evaluate([, condition, attributes, , groups]: Cases["evalCondition"][number]): string {
  const result = evaluateCondition(condition, attributes, { groups });
  return result.kind === "error" ? result.code : result.kind;
}

const wanted = (expected: boolean): string => (expected ? "match" : "no_match");

describe("the GrowthBook cases", () => {
  it("are all here", () => {
    const counts = Object.entries(cases).filter(([, list]) => Array.isArray(list));
    assert.deepEqual(Object.fromEntries(counts.map(([name, list]) => [name, list.length])), {
      evalCondition: 248,
      hash: 15,
      getBucketRange: 13,
      chooseVariation: 13,
      inNamespace: 16,
      getEqualWeights: 6,
    });
  });

  describe("evalCondition", () => {
    const listed = new Map(differences.map((difference) => [difference.name, difference]));
    cases.evalCondition.forEach((one, index) => {
      const [name, , , expected] = one;
      const difference = listed.get(name);
      it(`${index}: ${name}${difference ? " (differs on purpose)" : ""}`, () => {
        assert.equal(evaluate(one), difference?.result ?? wanted(expected));
      });
    });
  });

  describe("the list of differences", () => {
    for (const { name, result, reason } of differences) {
      it(`names one case that really differs, and why: ${name}`, () => {
        const named = cases.evalCondition.filter(([caseName]) => caseName === name);
        assert.equal(named.length, 1);
        assert.notEqual(result, wanted(named[0]![3]), "the case passes as published: take it off the list");
        assert.ok(reason.length > 0);
      });
    }
    it("names no case twice", () => {
      assert.equal(new Set(differences.map(({ name }) => name)).size, differences.length);
    });
  });

  describe("bucketing", () => {
    for (const [seed, value, version, expected] of cases.hash) {
      it(`hash: ${JSON.stringify([seed, value, version])}`, () => {
        assert.equal(bucketHash(seed, value, version), expected);
      });
    }
    for (const [name, [count, coverage, weights], expected] of cases.getBucketRange) {
      it(`getBucketRange: ${name}`, () => {
        const ranges = bucketRanges(count, coverage, weights ?? undefined);
        assert.equal(ranges.length, expected.length);
        expected.flat().forEach((bound, i) => assertClose(ranges.flat()[i], bound));
      });
    }
    for (const [name, bucket, ranges, expected] of cases.chooseVariation) {
      it(`chooseVariation: ${name}`, () => assert.equal(chooseVariant(bucket, ranges), expected));
    }
    for (const [name, value, namespace, expected] of cases.inNamespace) {
      it(`inNamespace: ${name}`, () => assert.equal(inNamespace(value, namespace), expected));
    }
    for (const [count, expected] of cases.getEqualWeights) {
      it(`getEqualWeights: ${count}`, () => {
        const weights = equalWeights(count);
        assert.equal(weights.length, expected.length);
        expected.forEach((weight, i) => assertClose(weights[i], weight));
      });
    }
  });
});
