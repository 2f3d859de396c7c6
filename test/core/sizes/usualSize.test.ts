import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { TimedEvent } from "../../../packages/core/src/event/event.ts";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { foldAll } from "../../../packages/core/src/profile/fold.ts";
import { sizeVotes } from "../../../packages/core/src/sizes/votes.ts";
import { usualSize, type SizeQuestion } from "../../../packages/core/src/sizes/usualSize.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const MONTH_MS = 30.44 * 86_400_000;
const TOP: JsonObject = { size_system: "INT", size_group: "tops" };
const QUESTION: SizeQuestion = { group: "tops", system: "INT" };
let made = 0;

function track(event: string, monthsAgo: number, properties: JsonObject): TimedEvent {
  const time = NOW - monthsAgo * MONTH_MS + ++made;
  return {
    type: "track",
    event,
    messageId: `m${made}`,
    timestamp: time,
    time,
    properties,
    traits: {},
    context: {},
  };
}

/** An order of one line, of an article nobody else bought. */
function bought(size: string, monthsAgo = 1, more: JsonObject = {}): TimedEvent {
  const line = { product_id: `p${made}`, ...TOP, size, ...more };
  return track("Order Completed", monthsAgo, { order_id: `o${made}`, products: [line] });
}

function tried(size: string, fit: string, monthsAgo = 1): TimedEvent {
  return track("Product Tried On", monthsAgo, { product_id: `p${made}`, ...TOP, size, fit });
}

function answer(events: TimedEvent[], question: SizeQuestion = QUESTION): string {
  const usual = usualSize(sizeVotes(foldAll(events)), question, NOW + 1000);
  if (usual.kind === "none") return "none";
  if (usual.kind === "ask") return `ask ${usual.labels.toSorted().join()}`;
  return `${usual.kind} ${usual.label}`;
}

const filtered = () => track("Product List Filtered", 1, { ...TOP, filters: [{ type: "size", value: "L" }] });

const wished = () => track("Product Added to Wishlist", 1, { product_id: "A", ...TOP, size: "L" });

const twoTops = () => [bought("M"), bought("M")];

const ofBrand = (brand: string, size: string) => bought(size, 1, { brand });

describe("the usual size, by kept purchases", () => {
  // Sizes oldest first.
  const gate: [string[], string][] = [
    [[], "none"],
    [["M"], "suggest M"],
    [["M", "M"], "preselect M"],
    [["M", "m "], "preselect M"],
    [["M", "Medium"], "preselect M"],
    [["M", "L"], "suggest L"],
    [["M", "L", "L"], "preselect L"],
    // One newer size beside a label kept twice: measured to be the worse guess.
    [["M", "M", "L"], "preselect M"],
    [["S", "L", "M"], "preselect M"],
    [["L", "M", "M"], "preselect M"],
    [["S", "M", "L"], "suggest L"],
    [["M", "M", "L", "L"], "preselect L"],
    [["S", "S", "L", "L"], "ask L,S"],
    [["S", "S", "S", "XL"], "ask S,XL"],
    [["XS", "XXL"], "suggest XXL"],
    [["one size", "one size"], "suggest ONE SIZE"],
    [["38", "38"], "suggest 38"],
  ];
  for (const [sizes, expected] of gate) {
    it(`of ${sizes.join(", ") || "nothing"} is: ${expected}`, () => {
      assert.equal(answer(sizes.map((size, i) => bought(size, 10 - i * 0.5))), expected);
    });
  }

  it("is the newest of the labels that were kept twice", () => {
    assert.equal(answer([bought("M", 3), bought("L", 2), bought("M", 1)]), "preselect M");
    assert.equal(answer([bought("M", 4), bought("L", 3), bought("M", 2), bought("L", 1)]), "preselect L");
  });

  it("lies on the ladder of its own system: half sizes are steps of shoes", () => {
    const shoe = { size_system: "EU_SHOE", size_group: "shoes" };
    const shoes = { group: "shoes", system: "EU_SHOE" };
    assert.equal(
      answer(
        ["38", "38,5", "38.5"].map((size) => bought(size, 1, shoe)),
        shoes,
      ),
      "preselect 38.5",
    );
    assert.equal(
      answer(
        ["38", "39"].map((size) => bought(size, 1, shoe)),
        shoes,
      ),
      "suggest 39",
    );
  });

  it("is never shifted after a return for size", () => {
    const small = bought("M", 1);
    const back = track("Order Refunded", 0.5, { order_id: small.properties.order_id, reason: "too small" });
    assert.equal(answer([bought("M", 3), bought("M", 2), small, back]), "preselect M");
  });
});

describe("what counts as evidence", () => {
  it("is no returned or cancelled purchase", () => {
    const one = bought("M", 2);
    const returned = track("Order Refunded", 1, { order_id: one.properties.order_id });
    const cancelled = track("Order Cancelled", 1, { order_id: one.properties.order_id });
    assert.equal(answer([bought("M", 3), one, returned]), "suggest M");
    assert.equal(answer([one, returned]), "none");
    assert.equal(answer([one, cancelled]), "none");
  });

  it("is, of several sizes of one article, only the one that was kept", () => {
    const lines = ["M", "L"].map((size) => ({ product_id: "A", ...TOP, size }));
    const both = track("Order Completed", 1, { order_id: "both", products: lines });
    assert.equal(answer([both]), "none");
    assert.equal(
      answer([both, track("Order Refunded", 0.5, { order_id: "both", products: [lines[1]!] })]),
      "suggest M",
    );
  });

  it("is no gift", () => assert.equal(answer([bought("M", 2), bought("M", 1, { gift: true })]), "suggest M"));

  it("is what was tried on and fits, and not what does not", () => {
    assert.equal(answer([tried("M", "fits"), tried("M", "fits")]), "preselect M");
    assert.equal(answer([bought("M"), tried("M", "fits")]), "preselect M");
    assert.equal(answer([tried("M", "too_small"), tried("M", "too_small")]), "none");
  });

  it("only suggests when it is a search, a filter or a wish, however many", () => {
    assert.equal(answer([filtered(), filtered(), filtered()]), "suggest L");
    assert.equal(answer([wished(), wished()]), "suggest L");
    assert.equal(answer([bought("M"), wished()]), "suggest M");
  });

  it("fades: two purchases of long ago only suggest, and of children sooner", () => {
    assert.equal(answer([bought("M", 28), bought("M", 28)]), "preselect M");
    assert.equal(answer([bought("M", 32), bought("M", 32)]), "suggest M");
    const kids = (months: number) => bought("M", months, { department: "kids" });
    const question = { ...QUESTION, department: "kids" };
    assert.equal(answer([kids(7), kids(7)], question), "preselect M");
    assert.equal(answer([kids(9), kids(9)], question), "suggest M");
  });

  it("fades in favour of the newer label where nothing agrees", () => {
    assert.equal(answer([bought("S", 40), bought("M", 1)]), "suggest M");
  });
});

describe("votes of other garments", () => {
  it("never cross garment groups", () =>
    assert.equal(answer(twoTops(), { ...QUESTION, group: "shoes" }), "none"));

  it("never cross size systems", () =>
    assert.equal(answer(twoTops(), { ...QUESTION, system: "EU" }), "none"));

  it("never cross departments, where both are said", () => {
    const men = [bought("M", 1, { department: "men" }), bought("M", 1, { department: "men" })];
    assert.equal(answer(men, { ...QUESTION, department: "women" }), "none");
    assert.equal(answer(men, { ...QUESTION, department: "men" }), "preselect M");
    assert.equal(answer(men), "preselect M");
    assert.equal(answer(twoTops(), { ...QUESTION, department: "women" }), "preselect M");
  });

  it("need a system and a group to be votes at all", () => {
    assert.equal(
      sizeVotes(
        foldAll([bought("M", 1, { size_system: undefined }), bought("M", 1, { size_group: undefined })]),
      ).length,
      0,
    );
  });

  it("of the brand go first where they suffice, else those of the group", () => {
    const question = { ...QUESTION, brand: "Ania" };
    assert.equal(
      answer(
        [ofBrand("Ania", "L"), ofBrand("Ania", "L"), ofBrand("Ewa", "M"), ofBrand("Ewa", "M")],
        question,
      ),
      "preselect L",
    );
    assert.equal(
      answer([ofBrand("Ania", "L"), ofBrand("Ewa", "M"), ofBrand("Ewa", "M")], question),
      "preselect M",
    );
    assert.equal(answer([ofBrand("Ania", "L"), ofBrand("Ewa", "M")], question), "suggest L");
    assert.equal(answer([ofBrand("Ewa", "M"), ofBrand("Ewa", "M")], question), "preselect M");
  });
});
