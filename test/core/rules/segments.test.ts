import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { evaluateCondition, expandSegments, type JsonObject, type Segments } from "@vitrine/core";

const SEGMENTS: Segments = {
  buyers: { "profile.orderCount": { $gte: 1 } },
  coats: { "profile.categories.Coats.day7": { $gte: 3 } },
  loyal: { $segment: "buyers", "profile.loyalty": { $exists: true } },
};

const profile = (orders: number, views: number, isLoyal: boolean): JsonObject => ({
  profile: {
    orderCount: orders,
    categories: { Coats: { day7: views } },
    ...(isLoyal && { loyalty: "gold" }),
  },
});

const holds = (condition: JsonObject, attributes: JsonObject): boolean =>
  evaluateCondition(expandSegments(condition, SEGMENTS), attributes).kind === "match";

describe("segments", () => {
  it("mean what their conditions mean, wherever in a condition they are named", () => {
    fc.assert(
      fc.property(fc.nat(2), fc.nat(5), fc.boolean(), (orders, views, isLoyal) => {
        const attributes = profile(orders, views, isLoyal);
        const [isBuyer, isCoats] = [orders >= 1, views >= 3];
        assert.equal(holds({ $segment: "buyers" }, attributes), isBuyer);
        assert.equal(holds({ $segment: "loyal" }, attributes), isBuyer && isLoyal);
        assert.equal(holds({ $not: { $segment: "buyers" } }, attributes), !isBuyer);
        assert.equal(
          holds({ $or: [{ $segment: "buyers" }, { $segment: "coats" }] }, attributes),
          isBuyer || isCoats,
        );
        assert.equal(
          holds({ $segment: "coats", $nor: [{ $segment: "buyers" }] }, attributes),
          isCoats && !isBuyer,
        );
        assert.equal(
          holds({ $segment: "coats", "profile.orderCount": 0 }, attributes),
          isCoats && orders === 0,
        );
      }),
    );
  });

  it("leave a condition that names none as it is, also what is called like one inside an operator", () => {
    const condition = { "profile.traits": { $elemMatch: { $segment: "x" } }, $and: [{ "page.path": "/" }] };
    assert.deepEqual(expandSegments(condition, SEGMENTS), condition);
  });

  it("that double with each step are refused before they fill the memory", () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 99 }, (_, at) => [
        `s${at + 1}`,
        { $and: [{ $segment: `s${at}` }, { $segment: `s${at}` }] },
      ]),
    );
    const expand = (name: string) => expandSegments({ $segment: name }, { s0: { a: 1 }, ...doubling });
    assert.deepEqual(expand("s1"), { $and: [{ a: 1 }, { a: 1 }] });
    assert.throws(() => expand("s99"), /more than 5000 names .*name fewer/);
  });

  it("that there are not, or that contain themselves, are named", () => {
    for (const name of ["vip", "constructor", 1])
      assert.throws(() => expandSegments({ $segment: name }, SEGMENTS), /There is no segment/);
    const round = { a: { $not: { $segment: "b" } }, b: { $or: [{ $segment: "a" }] } };
    assert.throws(() => expandSegments({ $segment: "a" }, round), /"a" contains itself: a → b → a/);
  });
});
