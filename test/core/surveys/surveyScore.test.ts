import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { SCALES, surveyScore } from "../../../packages/core/src/surveys/surveyScore.ts";

const times = (count: number, value: number) => Array.from({ length: count }, () => value);

describe("the score of a survey", () => {
  it("of NPS is the share of promoters less that of detractors", () => {
    const { score, top, answers, counts } = surveyScore("nps", [10, 10, 9, 8, 7, 6, 0]);
    assert.deepEqual({ score, top, answers }, { score: 100 / 7, top: 1, answers: 7 });
    assert.deepEqual(counts, [1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2]);
    assert.equal(surveyScore("nps", times(3, 9)).score, 100);
    assert.equal(surveyScore("nps", times(3, 6)).score, -100);
    assert.equal(surveyScore("nps", [7, 8]).score, 0);
  });

  it("of CSAT is the share of 4 and 5, of CES the mean", () => {
    assert.equal(surveyScore("csat", [5, 4, 3, 1]).score, 50);
    assert.equal(surveyScore("csat", [...times(2, 5), 1]).score, 200 / 3);
    assert.equal(surveyScore("ces", [7, 6, 1]).score, 14 / 3);
  });

  it("is exact where a sum of shares is not", () => {
    // 0.07 * 100 is 7.000000000000001: a share of 7 in 100 is 7.
    assert.equal(surveyScore("csat", [...times(7, 5), ...times(93, 1)]).score, 7);
    assert.equal(surveyScore("nps", [...times(29, 10), ...times(71, 8)]).score, 29);
    // A mean of tenths: 0.1 + 0.2 has no place in it.
    assert.equal(surveyScore("ces", [...times(1, 1), ...times(9, 2)]).score, 1.9);
  });

  it("is the same whatever the order, and the fraction is of whole numbers", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("nps", "ces", "csat"),
        fc.array(fc.integer({ min: -1, max: 11 })),
        (kind, given) => {
          const one = surveyScore(kind, given);
          assert.deepEqual(surveyScore(kind, given.toReversed()), one);
          assert.ok(Number.isInteger(one.top));
          assert.equal(
            one.answers,
            one.counts.reduce((a, b) => a + b, 0),
          );
          assert.equal(one.counts.length, SCALES[kind].to - SCALES[kind].from + 1);
        },
      ),
    );
  });

  it("counts no answer that is not on the scale, and is none without answers", () => {
    assert.deepEqual(surveyScore("csat", [0, 6, 4.5, Number.NaN, Infinity, -1]).answers, 0);
    assert.equal(surveyScore("nps", []).score, null);
    assert.equal(surveyScore("nps", [11, -1]).score, null);
  });
});
