import assert from "node:assert/strict";
import { afterEach, describe, it } from "node:test";
import { toJson } from "../../packages/core/src/toJson.ts";

type Taught = { toJSON?: () => unknown };

describe("JSON in a page whose libraries taught it otherwise", () => {
  const value = {
    list: ["a", ["b"], null],
    at: new Date(0),
    own: { toJSON: () => [1] },
    none: undefined,
    n: 1,
  };
  const plain = JSON.stringify(value);
  const taught = [Array.prototype, Object.prototype, String.prototype, Number.prototype] as Taught[];
  afterEach(() => taught.forEach((one) => delete one.toJSON));

  it("is what it always is where nothing was taught", () => assert.equal(toJson(value), plain));

  it("has lists that are lists, where prototype.js is", () => {
    for (const one of taught.filter((prototype) => prototype !== (Object.prototype as Taught)))
      one.toJSON = () => "taught";
    assert.notEqual(JSON.stringify(value), plain);
    assert.equal(toJson(value), plain);
  });

  it("has objects that are objects, where all were taught, and keeps what is their own", () => {
    (Object.prototype as Taught).toJSON = () => "taught";
    assert.equal(JSON.stringify(value), '"taught"');
    assert.equal(toJson(value), plain);
    assert.equal(toJson("text"), '"text"');
  });
});
