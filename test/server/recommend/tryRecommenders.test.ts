import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PastVisit } from "../../../packages/server/src/recommend/nearestVisits.ts";
import { chosenBy, tryRecommenders } from "../../../packages/server/src/recommend/tryRecommenders.ts";
import { readClicks, readSessions } from "../../../scripts/eval/readSessions.ts";
import { contextual, sequential } from "../support/shops.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url).pathname;
const FOLLOWERS = 8;
const atTimes = (visits: string[][]): PastVisit[] => visits.map((items, at) => ({ at, items }));

describe("the choice of a recommender by a shop's own visits", () => {
  it("is the nearest visits where the clicks before the last tell what comes", async () => {
    const trial = await tryRecommenders(atTimes(contextual(1_000)), FOLLOWERS);
    assert.equal(chosenBy(trial), "visits");
    assert.equal(trial.clicks, 400);
    assert.ok(trial.lead!.low > 0.1, JSON.stringify(trial));
    assert.ok(trial.visits.reciprocalRank > trial.rules.reciprocalRank);
    assert.ok(trial.visits.hitRate > trial.rules.hitRate);
  });

  it("is the table where the last click tells it", async () => {
    const trial = await tryRecommenders(atTimes(sequential(1_000)), FOLLOWERS);
    assert.equal(chosenBy(trial), "rules");
    assert.ok(trial.lead!.high < 0, JSON.stringify(trial));
    assert.ok(trial.rules.reciprocalRank > trial.visits.reciprocalRank);
  });

  it("is the table where nobody can tell: too few clicks, or no difference beyond chance", async () => {
    const few = await tryRecommenders(atTimes(contextual(400)), FOLLOWERS);
    assert.deepEqual([chosenBy(few), few.lead, few.clicks], ["rules", null, 160]);
    const none = await tryRecommenders([], FOLLOWERS);
    assert.deepEqual([chosenBy(none), none.lead, none.clicks], ["rules", null, 0]);
    const alike = atTimes(Array.from({ length: 1_000 }, () => ["coat", "scarf"]));
    const same = await tryRecommenders(alike, FOLLOWERS);
    assert.equal(chosenBy(same), "rules");
    // One visit of a robot, however long, speaks for one visit.
    const robot = atTimes([...contextual(40), ...Array.from({ length: 10 }, () => contextual(400).flat())]);
    assert.equal((await tryRecommenders(robot, FOLLOWERS)).lead, null);
  });

  it("is the nearest visits in a large shop, and the table in a small one: real clicks of both", async () => {
    const large = [
      ...readSessions(`${FIXTURES}sessions/train.txt.gz`),
      ...readSessions(`${FIXTURES}sessions/valid.txt.gz`),
    ];
    const small = await readClicks(`${FIXTURES}clothing-clicks/clicks-2008-04-to-06.csv.gz`);
    for (const [visits, by] of [
      [large, "visits"],
      [small, "rules"],
    ] as const) {
      const trial = await tryRecommenders(visits, FOLLOWERS);
      assert.equal(chosenBy(trial), by);
      console.log(`# ${by}: ${JSON.stringify(trial)}`);
    }
  });

  it("foretells the newest from the earlier ones, in whatever order they come", async () => {
    const visits = atTimes(contextual(1_000));
    const straight = await tryRecommenders(visits, FOLLOWERS);
    assert.deepEqual(await tryRecommenders(visits.toReversed(), FOLLOWERS), straight);
    // What was never clicked before cannot be foretold.
    const renewed = visits.map(({ at, items }) => ({
      at,
      items: at < 800 ? items : items.map((id) => `new ${id}`),
    }));
    const { rules, visits: nearest } = await tryRecommenders(renewed, FOLLOWERS);
    assert.deepEqual([rules.hitRate, nearest.hitRate], [0, 0]);
  });

  it("goes on taking events meanwhile, and foretells no more than a sample", async () => {
    let turns = 0;
    const visits = atTimes(contextual(10_000));
    let isOver = false;
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const { clicks } = await tryRecommenders(visits, FOLLOWERS);
    isOver = true;
    assert.equal(clicks, 2_000);
    assert.ok(turns >= 1_000, `${turns} turns`);
  });
});
