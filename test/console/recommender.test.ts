import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { wordsOfRecommender } from "@vitrine/console";

const trial = {
  clicks: 6361,
  rules: { hitRate: 0.4418, reciprocalRank: 0.209 },
  visits: { hitRate: 0.5815, reciprocalRank: 0.1371 },
  lead: { low: -0.0843, high: -0.0594 },
};

describe("what recommends in a shop", () => {
  it("is said with both figures, and what became of it", () => {
    assert.match(
      wordsOfRecommender({ by: "rules", at: 1, trial }),
      /the table on each device: on 6,361 .* it scored 0\.21 .* nearest visits, with 0\.14, were not better/,
    );
    assert.match(
      wordsOfRecommender({
        by: "visits",
        at: 1,
        trial: { ...trial, rules: trial.visits, visits: trial.rules },
      }),
      /the nearest visits, which .* on 6,361 .* scored 0\.21 .* table .*, 0\.14\./,
    );
  });

  it("is said to be the table where nobody can tell", () => {
    const words = wordsOfRecommender({ by: "rules", at: 1, trial: { ...trial, clicks: 12, lead: null } });
    assert.match(words, /your newest clicks \(12\) are too few to tell/);
  });
});
