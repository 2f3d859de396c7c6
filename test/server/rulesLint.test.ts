import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Rule } from "@vitrine/core";
import { DEFAULT_RULES } from "../../packages/server/src/rules/defaultRules.ts";
import { lintRules } from "../../packages/server/src/rules/lint/lintRules.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  placement: "home",
  purposes: ["personalization"],
  when: { "profile.orderCount": 0 },
  action: { type: "message", text: { en: "Hello" } },
  ...more,
});

/** A rule that is tried second, and one that is tried first. */
const below = (more: Partial<Rule> = {}) =>
  rule("below", { priority: 1, when: { "profile.orderCount": 0, "session.isNew": true }, ...more });
const above = (more: Partial<Rule>) => rule("above", { priority: 2, ...more });

/** `rule: code` of what is found, in order. */
const found = (...rules: Rule[]) => lintRules({ rules }, NOW).map((one) => `${one.rule}: ${one.code}`);

const late = (when: NonNullable<Rule["when"]>) => found(rule("a", { when }));

describe("the linter", () => {
  it("finds nothing in the first rules of a site", () => {
    assert.deepEqual(lintRules(DEFAULT_RULES, NOW), []);
  });

  describe("finds a shadowed rule", () => {
    it("when the one above holds whenever it does", () => {
      assert.deepEqual(found(rule("above", { priority: 2 }), below()), ["below: shadowed"]);
      assert.deepEqual(
        found(rule("above", { priority: 2, purposes: [], when: {}, cap: { per: "day", max: 1 } }), below()),
        [],
        "a cap lets it through",
      );
    });

    it("but not when it may still be reached", () => {
      assert.deepEqual(found(above({ placement: "elsewhere" }), below()), []);
      assert.deepEqual(found(above({ when: { "profile.orderCount": 1 } }), below()), []);
      assert.deepEqual(found(above({ purposes: ["personalization", "marketing"] }), below()), []);
      assert.deepEqual(found(above({ schedule: { from: "2026-12-01" } }), below()), []);
      assert.deepEqual(
        found(above({ action: { type: "continueCategory" } }), below()),
        [],
        "it may have nothing to show",
      );
    });
  });

  it("finds two rules that only the alphabet tells apart", () => {
    assert.deepEqual(found(rule("b", { when: { "session.isNew": true } }), rule("a")), ["b: tie"]);
  });

  it("finds rules that can never hold", () => {
    assert.deepEqual(found(rule("a", { when: { "profile.cart.value": { $gt: 50, $lt: 20 } } })), [
      "a: never",
    ]);
    assert.deepEqual(found(rule("a", { when: { "profile.cart.value": { $gte: 50, $lt: 50 } } })), [
      "a: never",
    ]);
    assert.deepEqual(found(rule("a", { when: { "profile.cart.value": { $gte: 50, $lte: 50 } } })), []);
    assert.deepEqual(found(rule("a", { when: { "profile.orderCount": { $in: [] } } })), ["a: never"]);
    assert.deepEqual(
      found(
        rule("a", { when: { $or: [{ "profile.orderCount": { $in: [] } }, { "profile.orderCount": 3 }] } }),
      ),
      [],
    );
    assert.deepEqual(found(rule("a", { schedule: { to: "2026-11-01" } })), ["a: ended"]);
  });

  it("finds a message to everybody without an end", () => {
    assert.deepEqual(found(rule("a", { when: {} })), ["a: always"]);
    assert.deepEqual(found(rule("a", { when: {}, schedule: { to: "2027-01-01" } })), []);
  });

  it("finds facts that nobody keeps", () => {
    assert.deepEqual(found(rule("a", { when: { "profile.lastView": 1 } })), ["a: unknown_fact"]);
    assert.deepEqual(found(rule("a", { when: { $not: { "profile.carts.count": 1 } } })), ["a: unknown_fact"]);
  });

  it("finds a profile used without consent, and a purpose nobody grants", () => {
    assert.deepEqual(found(rule("a", { purposes: [] })), ["a: no_purpose"]);
    assert.deepEqual(found(rule("a", { purposes: [], when: { "session.isNew": true } })), []);
    assert.deepEqual(
      found(
        rule("a", {
          purposes: [],
          when: { "session.isNew": true },
          action: { type: "prefill", what: "size" },
        }),
      ),
      ["a: no_purpose"],
    );
    assert.deepEqual(found(rule("a", { purposes: ["personalization", "camera"] })), ["a: never_granted"]);
  });

  it("finds names that nothing fills, and languages that mix", () => {
    assert.deepEqual(found(rule("a", { action: { type: "message", text: { en: "Dear {name}" } } })), [
      "a: unknown_name",
    ]);
    assert.deepEqual(
      found(rule("a", { action: { type: "continueCategory", title: { en: "{category}?" } } })),
      [],
    );
    const text = { en: "Hello", de: "Hallo" };
    assert.deepEqual(found(rule("a", { action: { type: "message", text, title: { en: "You" } } })), [
      "a: missing_language",
    ]);
    assert.deepEqual(found(rule("a", { action: { type: "message", text, label: text } })), [
      "a: label_without_link",
    ]);
  });

  it("finds what the first paint has to wait for", () => {
    assert.deepEqual(
      late({ "page.path": { $in: ["/a", "/b"] }, "session.isNew": false, "page.query.utm": "x" }),
      [],
    );
    assert.deepEqual(late({ "page.path": { $regex: "^/sale" } }), ["a: not_at_first_paint"]);
    assert.deepEqual(late({ $or: [{ "page.path": "/a" }, { "profile.orderCount": 1 }] }), [
      "a: not_at_first_paint",
    ]);
    assert.deepEqual(late({ "page.query.a": "1", "page.query.b": "2" }), ["a: not_at_first_paint"]);
  });
});
