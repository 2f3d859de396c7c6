import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import { lintRules } from "../../../packages/core/src/rules/lintRules.ts";
import { prepareRules } from "../../../packages/core/src/rules/prepareRules.ts";
import type { Rule, ScreenAction } from "../../../packages/core/src/rules/ruleset.ts";
import { SCREEN_ACTIONS } from "../../../packages/core/src/rules/screenActions.ts";
import { type Given, inputOf } from "./given.ts";

const skirt = (id: string, name: string) => ({
  product_id: id,
  name,
  category: "Skirts",
  category_id: "skirts",
  size_system: "INT",
  size_group: "bottoms",
});
const bought = (hoursAgo: number, order: string): NonNullable<Given["events"]>[number] => [
  hoursAgo,
  "Order Completed",
  { order_id: order, products: [{ ...skirt("k9", "Kilt"), size: "M" }] },
];
const EVENTS: NonNullable<Given["events"]> = [
  bought(60, "o1"),
  bought(50, "o2"),
  [9, "Product Viewed", { product_id: "h1", name: "Hat", category: "Hats" }],
  [8, "Product Viewed", skirt("k1", "Wrap skirt")],
  [7, "Product Viewed", skirt("k2", "Midi skirt")],
  [6, "Product Added", { ...skirt("k1", "Wrap skirt"), size: "L", cart_quantity: 2 }],
];

const screen = (list: ScreenAction["list"], more: Partial<ScreenAction> = {}): Rule => ({
  id: list,
  placement: "glass",
  action: { type: "screen", list, ...more },
});
const onMirror = (rules: Rule[], given: Partial<Given> = {}) =>
  decide("glass", {
    ...inputOf({ events: EVENTS, ...given, rules: prepareRules(rules) }),
    actions: SCREEN_ACTIONS,
  });
const shown = (rules: Rule[], given?: Partial<Given>) => {
  const { outcome, because, evidence } = onMirror(rules, given);
  return outcome?.type === "screen"
    ? { items: outcome.items.map(({ id, size }) => [id, size]), because, evidence }
    : undefined;
};

describe("a rule for a mirror", () => {
  it("shows what she looked at, newest first, up to its limit, and says why", () => {
    assert.deepEqual(shown([screen("recent", { limit: 2 })]), {
      items: [
        ["k2", undefined],
        ["k1", undefined],
      ],
      because: "Because you looked at Midi skirt.",
      evidence: ["e5", "e4"],
    });
    const german = shown([screen("recent")], { context: { page: { language: "de" } } });
    assert.equal(german?.because, "Weil Sie Midi skirt angesehen haben.");
  });

  it("shows her cart", () => {
    const { outcome } = onMirror([screen("cart", { title: { en: "{count} in your cart" } })]);
    assert.ok(outcome?.type === "screen" && outcome.title === "2 in your cart");
    assert.deepEqual(shown([screen("cart")]), {
      items: [["k1", "L"]],
      because: "Because you left this in your cart.",
      evidence: ["e6"],
    });
  });

  it("shows garments in the size that she usually takes, and none of which that is not known", () => {
    const usual = shown([screen("usualSize")]);
    assert.deepEqual(usual?.items, [
      ["k2", "M"],
      ["k1", "M"],
    ]);
    assert.equal(usual?.because, "Because you chose M before.");
    assert.equal(shown([screen("usualSize")], { events: EVENTS.slice(2) }), undefined);
  });

  it("shows nothing of nobody, nor without consent", () => {
    for (const list of ["recent", "cart", "usualSize"] as const) {
      assert.equal(shown([screen(list)], { events: [] }), undefined, list);
      assert.equal(shown([screen(list)], { context: { consent: ["analytics"] } }), undefined, list);
    }
  });

  it("never shows on a page, and no rule of a page on a mirror, whatever the other one would show", () => {
    const ofPages: Rule[] = [
      { id: "message", placement: "glass", action: { type: "message", text: { en: "Hello" } } },
      { id: "resume", placement: "glass", action: { type: "resume", what: "cart", href: "/cart" } },
      { id: "continue", placement: "glass", action: { type: "continueCategory" } },
      { id: "value", placement: "glass", action: { type: "value", value: 1 } },
    ];
    const ofMirrors = (["recent", "cart", "usualSize"] as const).map((list) => screen(list));
    for (const page of ofPages)
      for (const mirror of ofMirrors)
        for (const priority of [-1, 1]) {
          const rules = [page, { ...mirror, priority }];
          const both = inputOf({ events: EVENTS, rules });
          assert.equal(decide("glass", both).rule, page.id);
          assert.equal(decide("glass", { ...both, actions: SCREEN_ACTIONS }).rule, mirror.id);
        }
    for (const page of ofPages) {
      const input = { ...inputOf({ events: EVENTS, rules: [page] }), actions: SCREEN_ACTIONS };
      assert.equal(decide("glass", input).outcome, undefined, page.id);
    }
    for (const mirror of ofMirrors) {
      const input = inputOf({ events: EVENTS, rules: [mirror] });
      assert.equal(decide("glass", input).outcome, undefined, "the shop's own default stands");
      assert.deepEqual({ ...compilePlan(input)?.slots }, { glass: [] }, "in the next page's plan, too");
    }
  });

  it("is linted like the others: its placeholders, its purpose; no first paint is asked of it", () => {
    const codes = (rule: Rule) => lintRules([rule]).map(({ code }) => code);
    assert.deepEqual(codes(screen("recent", { title: { en: "After {product}" } })), []);
    assert.deepEqual(codes(screen("recent", { title: { en: "All {category}" } })), ["unfilled_placeholder"]);
    assert.deepEqual(codes({ ...screen("cart"), purposes: ["analytics"] }), ["missing_purpose"]);
    assert.deepEqual(codes({ ...screen("cart"), when: { "page.language": "de" } }), []);
  });
});
