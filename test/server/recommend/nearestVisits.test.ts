import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildSequentialRules, followersOf } from "@vitrine/core";
import { measureRecommender } from "../../../packages/server/src/recommend/measureRecommender.ts";
import { indexVisits, recommendFromVisits } from "../../../packages/server/src/recommend/nearestVisits.ts";
import { readClicks, readSessions } from "../../../scripts/eval/readSessions.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url).pathname;

describe("recommendations by the nearest visits", () => {
  it("come from visits with the same articles, the rarer the better, and never name the last click", () => {
    const index = indexVisits([
      { at: 1, items: ["coat", "scarf"] },
      { at: 2, items: ["coat", "hat"] },
      { at: 3, items: ["boots", "hat"] },
      { at: 4, items: ["socks", "hat"] },
    ]);
    assert.deepEqual(recommendFromVisits(index, ["coat"], 5), ["scarf", "hat"]);
    assert.deepEqual(recommendFromVisits(index, ["coat"], 1), ["scarf"]);
    assert.deepEqual(recommendFromVisits(index, ["nothing known"], 5), []);
    assert.deepEqual(recommendFromVisits(index, [], 5), []);
  });

  it("ask the newest visits alone", () => {
    const past = Array.from({ length: 10 }, (_, at) => ({ at, items: ["coat", `with${at}`] }));
    const index = indexVisits(past, { sample: 2 });
    assert.deepEqual(recommendFromVisits(index, ["coat"], 9).sort(), ["with8", "with9"]);
  });

  it("foretell a large shop's next click as well as its authors publish: MRR@20 0.32", () => {
    const index = indexVisits(readSessions(`${FIXTURES}sessions/train.txt.gz`));
    const next = readSessions(`${FIXTURES}sessions/valid.txt.gz`).map(({ items }) => items);
    const score = measureRecommender((visit, limit) => recommendFromVisits(index, visit, limit), next);
    assert.equal(score.predictions, 1121);
    assert.ok(score.reciprocalRank >= 0.32, `MRR@20 ${score.reciprocalRank}`);
  });
});

describe("recommendations by what follows what", () => {
  it("foretell the next click in a small shop: HR@20 0.60, where popularity comes to 0.23", async () => {
    const visits = await readClicks(`${FIXTURES}clothing-clicks/clicks-2008-04-to-06.csv.gz`);
    const june = Date.UTC(2008, 5, 1);
    const rules = buildSequentialRules(visits.filter(({ at }) => at < june).map(({ items }) => items));
    const next = visits.filter(({ at }) => at >= june).map(({ items }) => items);
    const score = measureRecommender((visit, limit) => followersOf(rules, visit.at(-1)!, limit), next);
    assert.ok(score.hitRate >= 0.6, `HR@20 ${score.hitRate}`);
  });
});
