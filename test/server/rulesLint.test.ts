import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Rule } from "@vitrine/core";
import { DEFAULT_RULES } from "../../packages/server/src/rules/defaultRules.ts";
import { lintContent } from "../../packages/server/src/rules/lint/lintContent.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

const SHOP = { articles: 1 };

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  placement: "home",
  purposes: ["personalization"],
  when: { "profile.orderCount": 0 },
  action: { type: "message", text: { en: "Hello" } },
  ...more,
});

/** `rule: code` of what is found, in order; what is only good to know left aside. */
const found = (...rules: Rule[]) =>
  lintContent({ rules }, NOW, SHOP)
    .filter(({ severity }) => severity !== "notice")
    .map((one) => `${one.rule}: ${one.code}`);

describe("findings for the merchant", () => {
  it("are none for the first rules of a site", () => {
    assert.deepEqual(found(...DEFAULT_RULES.rules), []);
  });

  it("tell of rules that nobody can measure, without calling it a slip", () => {
    const experiment = { key: "a", variants: ["control", "on"], weights: [0.1, 0.9] };
    const screen: Rule["action"] = { type: "screen", list: "cart" };
    const rules = [
      rule("a"),
      rule("b", { placement: "bar", experiment }),
      rule("c", { placement: "mirror", action: screen }),
    ];
    assert.deepEqual(
      lintContent({ rules }, NOW, SHOP).map((one) => [one.rule, one.code, one.severity]),
      [["a", "no_holdout", "notice"]],
    );
  });

  it("say of a rule without control group whom it is shown to meanwhile", () => {
    const messageAt = (ramp?: number) =>
      lintContent({ rules: [rule("a", { ...(ramp !== undefined && { ramp }) })] }, NOW, SHOP)[0]!.message;
    assert.match(messageAt(), /^Everybody sees it/);
    assert.match(messageAt(1), /^Everybody sees it/);
    assert.match(messageAt(0.1), /^Everybody inside its ramp sees it/);
  });

  it("are those of the pure linter too, in the order of the rules", () => {
    const rules = [
      rule("b", { purposes: [] }),
      rule("a", { placement: "elsewhere", schedule: { to: "2026-11-01" } }),
    ];
    assert.deepEqual(found(...rules), ["b: missing_purpose", "a: unreachable"]);
  });

  it("name a recommendation of a shop that sent no catalogue: it would show nothing", () => {
    const rules = [rule("a", { action: { type: "recommend" } }), rule("b", { placement: "bar" })];
    const codes = (articles: number) =>
      lintContent({ rules }, NOW, { articles }).flatMap((one) =>
        one.code === "no_catalogue" ? [`${one.rule}: ${one.severity}`] : [],
      );
    assert.deepEqual(codes(0), ["a: warning"]);
    assert.deepEqual(codes(1), []);
  });

  it("name a message to everybody without an end", () => {
    assert.deepEqual(found(rule("a", { when: {} })), ["a: always_shown"]);
    assert.deepEqual(found(rule("a", { when: {}, schedule: { to: "2027-01-01" } })), []);
    assert.deepEqual(found(rule("a", { when: {}, ramp: 0.5 })), []);
    assert.deepEqual(found(rule("a", { when: {}, ramp: 1 })), ["a: always_shown"]);
    assert.deepEqual(found(rule("a", { when: {}, action: { type: "prefill", what: "size" } })), []);
  });

  it("name facts that nobody keeps, however deep they stand", () => {
    assert.deepEqual(found(rule("a", { when: { "profile.lastView": 1 } })), ["a: unknown_fact"]);
    assert.deepEqual(found(rule("a", { when: { $or: [{ $not: { "profile.carts.count": 1 } }] } })), [
      "a: unknown_fact",
    ]);
    assert.deepEqual(found(rule("a", { when: { "profile.traits.plan": "gold" } })), []);
  });

  it("name a purpose that nobody grants in a page", () => {
    assert.deepEqual(found(rule("a", { purposes: ["personalization", "camera"] })), ["a: never_granted"]);
  });

  it("name languages that would mix, and a label without a link", () => {
    const text = { en: "Hello", de: "Hallo" };
    assert.deepEqual(found(rule("a", { action: { type: "message", text, title: { en: "You" } } })), [
      "a: missing_language",
    ]);
    assert.deepEqual(found(rule("a", { action: { type: "message", text, label: text } })), [
      "a: label_without_link",
    ]);
    assert.deepEqual(found(rule("a", { action: { type: "message", text, label: text, href: "/sale" } })), []);
  });
});
