import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guessSystem, LADDERS, normalLabel, placeOf } from "../../../packages/core/src/sizes/ladders.ts";

describe("the ladders of sizes", () => {
  it("have each label once, spelt the normal way", () => {
    for (const [system, labels] of Object.entries(LADDERS)) {
      assert.equal(new Set(labels).size, labels.length, system);
      for (const label of labels)
        assert.equal(placeOf(system, label), labels.indexOf(label), `${system} ${label}`);
    }
  });

  it("know other spellings of a label", () => {
    for (const [label, normal] of [
      [" m ", "M"],
      ["2xl", "XXL"],
      ["Large", "L"],
      ["EU 38", "38"],
      ["38,5", "38.5"],
      ["XXXL", "3XL"],
    ] as const) {
      assert.equal(normalLabel(label), normal);
    }
  });

  it("have no place for labels or systems they do not hold, whatever these are called", () => {
    assert.equal(placeOf("INT", "38"), -1);
    assert.equal(placeOf("INT", "toString"), -1);
    assert.equal(placeOf("constructor", "M"), -1);
    assert.equal(placeOf("__proto__", "length"), -1);
    assert.equal(normalLabel("constructor"), "CONSTRUCTOR");
  });

  it("are guessed for letters only: numbers mean other things in other systems", () => {
    assert.equal(guessSystem(["S", "M", "L"]), "INT");
    assert.equal(guessSystem(["36", "38"]), undefined);
    assert.equal(guessSystem(["S", "38"]), undefined);
    assert.equal(guessSystem(["M"]), undefined);
  });
});
