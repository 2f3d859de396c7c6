import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foldAll, profileView, type Ruleset, type TimedEvent } from "@vitrine/core";
import {
  decideFor,
  groupSessions,
  linkTo,
  parseRoute,
  sizePages,
  type TimelineEntry,
} from "@vitrine/console";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const MINUTE_MS = 60_000;

function event(name: string, time: number, properties: TimedEvent["properties"]): TimedEvent {
  return {
    type: "track",
    event: name,
    messageId: `m${time}`,
    timestamp: time,
    time,
    properties,
    traits: {},
    context: {},
  };
}

const order = (id: string, time: number) =>
  event("Order Completed", time, {
    order_id: id,
    products: [{ product_id: id, size: "M", size_system: "INT", size_group: "bottoms", quantity: 1 }],
  });

const FOLD = foldAll([
  event("Product Viewed", NOW - 10 * MINUTE_MS, {
    product_id: "B4",
    name: "Skirt",
    category: "Skirts",
    category_id: "skirts",
  }),
  order("1", NOW - 9 * MINUTE_MS),
  order("2", NOW - 8 * MINUTE_MS),
]);

const RULES: Ruleset = {
  site: "default",
  version: 3,
  notAfter: NOW + 1,
  rules: [
    {
      id: "go-on",
      placement: "home",
      when: { "session.isNew": true },
      action: { type: "continueCategory", title: { en: "Still {category}?" } },
    },
    { id: "size", placement: "size", action: { type: "prefill", what: "size" } },
  ],
};

describe("decisions for a customer", () => {
  const sizes = sizePages(profileView(FOLD, NOW).sizes);

  it("are those of the shop's page, for each placement, for the visit one imagines", () => {
    const imagined = { isNewSession: true, address: "/", language: "en", product: sizes[0]!.product };
    const [home, size] = decideFor(RULES, FOLD, "d_1", imagined, NOW);
    assert.deepEqual([home!.rule, home!.reason], ["go-on", "targeting_match"]);
    assert.deepEqual(size!.outcome?.type === "prefill" && size!.outcome.usual.kind, "preselect");
    const [later] = decideFor(RULES, FOLD, "d_1", { ...imagined, isNewSession: false }, NOW);
    assert.equal(later!.outcome, undefined);
    assert.deepEqual(
      later!.trace[0]!.clauses.map(({ path, seen, matched }) => [path, seen, matched]),
      [["session.isNew", false, false]],
    );
  });

  it("see the page one imagines, its query included", () => {
    const when = { "page.path": "/sale", "page.query.ad": "x y" };
    const ruleset: Ruleset = {
      ...RULES,
      rules: [{ id: "sale", placement: "home", when, action: { type: "message", text: { en: "Sale" } } }],
    };
    const at = (address: string) =>
      decideFor(ruleset, FOLD, "d_1", { isNewSession: true, address, language: "en" }, NOW)[0]!.rule;
    assert.equal(at("/sale?ad=x+y"), "sale");
    assert.equal(at("/sale"), undefined);
    assert.equal(at("http://["), undefined);
  });

  it("are decided where they are shown: on a page of the shop, or at its mirror", () => {
    const when = { channel: "store" };
    const rules: Ruleset["rules"] = [
      { id: "page", placement: "home", when, action: { type: "message", text: { en: "Hi" } } },
      { id: "mirror", placement: "glass", when, action: { type: "screen", list: "recent" } },
    ];
    const imagined = { isNewSession: true, address: "/", language: "en" };
    const decided = decideFor({ ...RULES, rules }, FOLD, "d_1", imagined, NOW);
    assert.deepEqual(
      decided.flatMap(({ trace }) => trace[0]!.clauses.map(({ seen, matched }) => [seen, matched])),
      [
        ["web", false],
        ["store", true],
      ],
    );
  });

  it("need the consent that the customer gave", () => {
    const refusal = event("Consent Updated", NOW - 1, {
      purposes: { personalization: "denied", analytics: "granted" },
    });
    const fold = foldAll([
      event("Product Viewed", NOW - 5, { product_id: "B4", category: "Skirts" }),
      refusal,
    ]);
    const [home] = decideFor(RULES, fold, "d_1", { isNewSession: true, address: "/", language: "en" }, NOW);
    assert.equal(home!.trace[0]!.result, "no_consent");
  });

  it("are offered for each garment group and system that a size is known of", () => {
    assert.deepEqual(
      sizes.map(({ label }) => label),
      ["bottoms · INT"],
    );
  });
});

const entry = (minutesAgo: number): TimelineEntry => ({
  time: NOW - minutesAgo * MINUTE_MS,
  receivedAt: NOW,
  identity: { namespace: "anonymous", id: "d_1" },
  event: { type: "track", messageId: `${minutesAgo}`, properties: {}, traits: {}, context: {} },
});

describe("a timeline", () => {
  it("begins a new session after half an hour of idleness, and not before", () => {
    const sessions = groupSessions([0, 29, 58, 88, 300].map(entry));
    assert.deepEqual(
      sessions.map(({ entries }) => entries.map(({ event: { messageId } }) => messageId)),
      [["0", "29", "58"], ["88"], ["300"]],
    );
    assert.deepEqual([sessions[0]!.from, sessions[0]!.to], [NOW - 58 * MINUTE_MS, NOW]);
  });
});

describe("the console's addresses", () => {
  it("lead back to where they were made for, odd ids included", () => {
    const hash = linkTo("customers", "user", "a/b c%?#ü");
    assert.deepEqual(parseRoute(hash), { page: "customers", rest: ["user", "a/b c%?#ü"] });
  });

  it("lead to the overview when nothing is there", () => {
    for (const hash of ["", "#", "#/", "#/nowhere/at/all", "#/%"])
      assert.equal(parseRoute(hash).page, "overview");
  });
});
