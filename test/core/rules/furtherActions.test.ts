import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide, decideWith } from "../../../packages/core/src/rules/decide.ts";
import { BASIC_ACTIONS } from "../../../packages/core/src/rules/actions/basicActions.ts";
import type { ContentOutcome, Outcome } from "../../../packages/core/src/rules/decision.ts";
import { prepareRules } from "../../../packages/core/src/rules/prepareRules.ts";
import { present } from "../../../packages/core/src/rules/present.ts";
import type { Action, Rule } from "../../../packages/core/src/rules/ruleset.ts";
import type { ShopFacts } from "../../../packages/core/src/rules/shopFacts.ts";
import { inputOf, NOW, type Given } from "./given.ts";

const order = (id: string, ...products: JsonObject[]): JsonObject => ({ order_id: id, products });
const shoe = { product_id: "S1", name: "Derby", category: "shoes", size: "38" };
const skirt = { product_id: "K1", name: "Skirt", category: "skirts", size: "M" };

const decideOn = (action: Action, more: Omit<Given, "rules"> & { shop?: ShopFacts } = {}) => {
  const rules = prepareRules([{ id: "r", placement: "p", action }]);
  return decide("p", { ...inputOf({ ...more, rules }), shop: more.shop });
};
const contentOf = (outcome: Outcome | undefined) => outcome as ContentOutcome | undefined;
const idsOf = (outcome: Outcome | undefined) =>
  contentOf(outcome)?.products.map(({ id, size }) => `${id} ${size}`);

describe("reorder", () => {
  const events: Given["events"] = [
    [50, "Product Viewed", { ...shoe, size: "", url: "/p/S1", image_url: "/S1.svg" }],
    [40, "Order Completed", order("o1", { ...shoe, size: "37" }, skirt)],
    [30, "Order Completed", order("o2", shoe)],
    [20, "Order Completed", order("o3", { ...skirt, product_id: "K2" })],
    [10, "Order Refunded", { order_id: "o3" }],
  ];

  it("shows what was kept, newest first, each article once and in its last size", () => {
    const { outcome, because, evidence } = decideOn({ type: "reorder", title: { en: "Again?" } }, { events });
    assert.deepEqual(idsOf(outcome), ["S1 38", "K1 M"]);
    assert.equal(contentOf(outcome)!.products[0]!.url, "/p/S1");
    assert.equal(because, "Because you bought this before.");
    assert.deepEqual(evidence, ["e3", "e2"]);
  });

  it("keeps to a category and a number, and to nothing for who bought nothing", () => {
    assert.deepEqual(idsOf(decideOn({ type: "reorder", category: "skirts" }, { events }).outcome), ["K1 M"]);
    assert.deepEqual(idsOf(decideOn({ type: "reorder", limit: 1 }, { events }).outcome), ["S1 38"]);
    assert.equal(decideOn({ type: "reorder" }).outcome, undefined);
    assert.equal(decideOn({ type: "reorder" }, { events: [events[3]!, events[4]!] }).outcome, undefined);
  });
});

describe("availability", () => {
  const action: Action = {
    type: "availability",
    text: { en: "{store} has {count} of it: {sizes}." },
    stores: { old: "Old Town" },
  };
  const at = NOW - 3_600_000;
  const sizes = [
    { size: "37", quantity: 1 },
    { size: "38", quantity: 2 },
  ];
  const shop: ShopFacts = { stock: [{ sku: "S1", store: "old", at, sizes }] };
  const viewed: NonNullable<Given["events"]> = [[5, "Product Viewed", shoe]];
  const chosen: NonNullable<Given["events"]> = [...viewed, [4, "Store Selected", { store_id: "old" }]];

  it("says what the chosen store has, and when it counted", () => {
    const { outcome, because } = decideOn(action, { events: chosen, shop });
    assert.equal(contentOf(outcome)!.text, "Old Town has 3 of it: 37, 38.");
    assert.match(because!, /^Because you looked at Derby\. Old Town counted on Nov 10, 2026, /);
  });

  it("falls back to the rule's store, and asks about the article of the page before the last one", () => {
    const { outcome } = decideOn({ ...action, store: "old" }, { events: viewed, shop });
    assert.match(contentOf(outcome)!.text!, /^Old Town/);
    const context = { page: { product: { id: "K1" } } } as unknown as NonNullable<Given["context"]>;
    assert.equal(decideOn({ ...action, store: "old" }, { events: viewed, shop, context }).outcome, undefined);
  });

  it("is silent without a store, an article, or a piece of it", () => {
    assert.equal(decideOn(action, { events: viewed, shop }).outcome, undefined);
    assert.equal(decideOn({ ...action, store: "old" }, { shop }).outcome, undefined);
    const none: ShopFacts = { stock: [{ sku: "S1", store: "old", at, sizes: [] }] };
    assert.equal(decideOn(action, { events: chosen, shop: none }).outcome, undefined);
    assert.equal(decideOn(action, { events: chosen }).outcome, undefined);
  });
});

describe("echoCreative", () => {
  const action: Action = {
    type: "echoCreative",
    parameter: "utm_content",
    title: { en: "As you saw it" },
    creatives: [
      {
        value: "coats",
        image: "/ads/coats.svg",
        alt: { en: "Coats" },
        label: { en: "To the coats" },
        href: "/c/coats",
      },
      { value: "shoes", title: { en: "New shoes" } },
    ],
  };
  const asking = (utm: string): Given["context"] => ({ page: { query: { utm_content: utm } }, consent: [] });
  const rule: Rule = { id: "echo", placement: "p", purposes: [], action };

  it("shows the creative that the address names, to whoever comes, without any purpose", () => {
    const { outcome } = decide("p", inputOf({ rules: [rule], context: asking("coats")! }));
    assert.deepEqual(contentOf(outcome), {
      type: "echoCreative",
      title: "As you saw it",
      text: undefined,
      label: "To the coats",
      href: "/c/coats",
      products: [],
      image: { src: "/ads/coats.svg", alt: "Coats" },
    });
    const other = decide("p", inputOf({ rules: [rule], context: asking("shoes")! }));
    assert.equal(contentOf(other.outcome)!.title, "New shoes");
    for (const odd of ["", "coats ", "constructor", "__proto__"])
      assert.equal(decide("p", inputOf({ rules: [rule], context: asking(odd)! })).outcome, undefined);
  });

  it("is in the plan once for each creative, guarded by the parameter", () => {
    const plan = compilePlan(inputOf({ rules: [{ ...rule, when: { "session.isNew": true } }] }))!;
    assert.deepEqual(
      plan.slots["p"]!.map(({ guard }) => [guard.query, guard.new]),
      [
        [["utm_content", "coats"], true],
        [["utm_content", "shoes"], true],
      ],
    );
    assert.match(JSON.stringify(plan.slots["p"]![0]!.content), /\/ads\/coats\.svg/);
    assert.doesNotMatch(JSON.stringify(plan.slots["p"]![1]!.content), /coats/);
  });

  it("leaves the rules beside it in the plan when its table is none", () => {
    const odd = { ...rule, id: "odd", action: { ...action, creatives: [null, 3, {}] } } as unknown as Rule;
    const none = { ...rule, id: "none", action: { ...action, creatives: 3 } } as unknown as Rule;
    const plan = compilePlan(inputOf({ rules: [odd, none, rule] }))!;
    assert.deepEqual(
      plan.slots["p"]!.map(({ rule: id }) => id),
      ["echo", "echo"],
    );
  });
});

describe("survey", () => {
  const action: Action = {
    type: "survey",
    survey: "nps-1",
    kind: "nps",
    title: { en: "Would you recommend us?" },
    low: { en: "Never" },
    high: { en: "Surely" },
  };

  it("asks on its scale, with its ends named for the eye and the ear", () => {
    const { outcome, because } = decideOn(action);
    const text = JSON.stringify(present(outcome!, because, "en"));
    assert.equal(text.match(/\["input"/g)!.length, 11);
    assert.match(text, /"aria-label":"0, Never"/);
    assert.match(text, /"aria-label":"10, Surely"/);
    assert.match(text, /\["legend",\{"class":"vitrine-title"\},"Would you recommend us\?"\]/);
    assert.match(text, /Your answer is kept for its statistics/);
  });

  it("does not come again once it was answered or dismissed, with analytics alone", () => {
    const given = (name: string, more: JsonObject): Omit<Given, "rules"> => ({
      events: [[1, name, { survey_id: "nps-1", ...more }]],
    });
    assert.equal(decideOn(action, given("Survey Answered", { score: 9 })).outcome, undefined);
    assert.equal(decideOn(action, given("Survey Dismissed", {})).outcome, undefined);
    assert.notEqual(decideOn(action, given("Survey Answered", { score: "much" })).outcome, undefined);
    assert.notEqual(
      decideOn({ ...action, survey: "other" }, given("Survey Dismissed", {})).outcome,
      undefined,
    );
  });
});

describe("identifyPrompt", () => {
  const action: Action = {
    type: "identifyPrompt",
    text: { en: "Sign in to see your orders." },
    label: { en: "Sign in" },
    href: "/account",
  };
  it("is for those whom the page does not know", () => {
    assert.equal(contentOf(decideOn(action).outcome)!.href, "/account");
    const context = { session: { isNew: true, isKnown: true } } as unknown as NonNullable<Given["context"]>;
    assert.equal(decideOn(action, { context }).outcome, undefined);
  });
});

describe("recommend", () => {
  const next = {
    items: ["A", "B", "C", "D"],
    next: [[1, 0, 2, 3], [], [], []],
    products: { A: { id: "A", name: "Coat" }, B: { id: "B", name: "Scarf" }, D: { id: "D", name: "Hat" } },
  };
  const events: Given["events"] = [[1, "Product Viewed", { product_id: "A", name: "Coat" }]];

  it("shows what others clicked next, never the last article, nothing that cannot be shown", () => {
    const { outcome, because, evidence } = decideOn({ type: "recommend" }, { events, shop: { next } });
    assert.deepEqual(idsOf(outcome), ["B undefined", "D undefined"]);
    assert.equal(because, "Because others who looked at Coat looked at these, too.");
    assert.deepEqual(evidence, ["e1"]);
    assert.equal(decideOn({ type: "recommend" }, { events }).outcome, undefined);
  });

  it("names every click that an answer of the nearest visits is for", () => {
    const answer = { ...next, after: ["E", "A"] };
    const both: Given["events"] = [[2, "Product Viewed", { product_id: "E", name: "Boots" }], ...events];
    const { outcome, because, evidence } = decideOn(
      { type: "recommend" },
      { events: both, shop: { next: answer } },
    );
    assert.deepEqual(idsOf(outcome), ["B undefined", "D undefined"]);
    assert.equal(because, "Because others who looked at Boots, Coat looked at these, too.");
    assert.deepEqual(evidence, ["e1", "e2"]);
  });
});

describe("prefill of filters and store", () => {
  const asking = (context: object): Given["context"] => ({
    page: { product: { id: "-", sizeSystem: "EU_SHOE", sizeGroup: "shoes", ...context } },
  });
  const search = (hours: number, size: string): NonNullable<Given["events"]>[number] => [
    hours,
    "Product List Filtered",
    {
      category: "shoes",
      filters: [{ type: "size", value: size }],
      size_system: "EU_SHOE",
      size_group: "shoes",
    },
  ];
  const filters: Action = { type: "prefill", what: "filters" };
  const of = (events: Given["events"], context = {}) =>
    decideOn(filters, { events: events!, context: asking(context)! });

  it("opens the next shoe list with 38 after three searches for it", () => {
    const { outcome, because } = of([search(50, "38"), search(40, "38"), search(30, "38")]);
    assert.deepEqual(outcome?.type === "filters" && outcome.filters.map(({ name, value }) => [name, value]), [
      ["size", "38"],
    ]);
    assert.equal(because, "Because you looked for 38 three times.");
  });

  it("does not after two, after another newer one, in another group, or a season later", () => {
    assert.equal(of([search(50, "38"), search(40, "38")]).outcome, undefined);
    assert.equal(
      of([search(50, "38"), search(40, "38"), search(30, "38"), search(20, "41")]).outcome,
      undefined,
    );
    const three = [search(50, "38"), search(40, "38"), search(30, "38")];
    assert.equal(of(three, { sizeGroup: "tops" }).outcome, undefined);
    assert.equal(of(three, { sizeSystem: "UK_SHOE" }).outcome, undefined);
    const long = 91 * 24;
    assert.equal(of([search(long, "38"), search(40, "38"), search(30, "38")]).outcome, undefined);
  });

  it("chooses the store that she chose before", () => {
    const events: Given["events"] = [[4, "Store Selected", { store_id: "old" }]];
    const { outcome, evidence } = decideOn({ type: "prefill", what: "store" }, { events });
    assert.deepEqual(outcome, { type: "store", store: "old", words: { clear: "Clear" } });
    assert.deepEqual(evidence, ["e1"]);
    assert.equal(decideOn({ type: "prefill", what: "store" }).outcome, undefined);
  });
});

describe("a bundle without the further actions", () => {
  it("passes over their rules, and decides by the others", () => {
    const rules: Rule[] = [
      { id: "again", placement: "p", priority: 2, action: { type: "reorder" } },
      { id: "note", placement: "p", priority: 1, action: { type: "message", text: { en: "Hello" } } },
    ];
    const events: Given["events"] = [[40, "Order Completed", order("o1", shoe)]];
    assert.equal(decide("p", inputOf({ rules, events })).rule, "again");
    const { rule, trace } = decideWith("p", { ...inputOf({ rules, events }), actions: BASIC_ACTIONS });
    assert.equal(rule, "note");
    assert.deepEqual(trace[0], { rule: "again", result: "error", clauses: [], code: "unknown_action" });
  });
});
