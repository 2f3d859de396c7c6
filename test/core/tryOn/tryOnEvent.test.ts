import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  parseTryOn,
  parseTryOnNote,
  parseTryOnReport,
  TRY_ON_NAMES,
  type TryOnEvent,
  type TryOnName,
} from "../../../packages/core/src/index.ts";

/** One of each. */
const EXAMPLES: { [Name in TryOnName]: Extract<TryOnEvent, { name: Name }> } = {
  "Mirror Session Started": { name: "Mirror Session Started" },
  "Mirror Session Ended": { name: "Mirror Session Ended", reason: "left", looks: 2 },
  "Look Recorded": { name: "Look Recorded", look: 1 },
  "Looks Compared": { name: "Looks Compared", by: "angle" },
  "Label Scanned": { name: "Label Scanned", code: "04006381333931" },
  "Product Viewed": { name: "Product Viewed", sku: "B8" },
  "Product Tried On": { name: "Product Tried On", sku: "B8" },
  "Size Requested": { name: "Size Requested", sku: "B8-M", size: "M" },
  "Looks Handed Off": { name: "Looks Handed Off", looks: 2 },
  "Looks Taken Home": { name: "Looks Taken Home", looks: 2 },
  "List Handed Off": { name: "List Handed Off", articles: 3 },
  "List Taken Home": { name: "List Taken Home", articles: 3 },
};

describe("a try-on event", () => {
  it("is read as it is, each of them", () => {
    assert.deepEqual(TRY_ON_NAMES, Object.keys(EXAMPLES));
    for (const event of Object.values(EXAMPLES)) assert.deepEqual(parseTryOn(event), event);
  });

  it("has no room for anything else: no other name, no field more or less, nothing long", () => {
    const broken = fc
      .tuple(
        fc.constantFrom<TryOnEvent>(...Object.values(EXAMPLES)),
        fc.anything(),
        fc.string({ minLength: 1 }),
      )
      .chain(([event, value, field]) =>
        fc.constantFrom<unknown>(
          { ...event, [field in event || field === "__proto__" ? "image" : field]: value },
          { ...event, name: field },
          Object.fromEntries(Object.entries(event).slice(1)),
          { ...event, sku: "x".repeat(81), looks: -1, look: 1.5, by: "eye", code: "a\nb", reason: "" },
        ),
      );
    fc.assert(
      fc.property(fc.oneof(broken, fc.anything()), (value) => assert.equal(parseTryOn(value), undefined)),
      { numRuns: 5000 },
    );
  });
});

describe("what a page tells", () => {
  const event = EXAMPLES["Look Recorded"];
  const note = { event, session: "5f1c2a34-0000-4000-8000-000000000000" };
  const report = { ...note, timestamp: 1, clock: { at: 2, origin: 3 } };

  it("is read with its session, and with the server's word where it has one", () => {
    assert.deepEqual(parseTryOnNote(note), note);
    assert.deepEqual(parseTryOnNote({ ...note, attribution: "abc", more: 1 }), {
      ...note,
      attribution: "abc",
    });
    assert.deepEqual(parseTryOnReport({ ...report, attribution: "abc" }), { ...report, attribution: "abc" });
  });

  it("is refused where a part of it is not what it should be", () => {
    for (const wrong of [
      undefined,
      { event },
      { ...note, session: "x" },
      { ...note, session: "anna@example.com" },
      { ...note, attribution: "" },
      { ...note, attribution: "a".repeat(1025) },
      { ...note, event: { name: "Order Completed" } },
    ])
      assert.equal(parseTryOnNote(wrong), undefined, JSON.stringify(wrong));
    for (const wrong of [note, { ...report, timestamp: "1" }, { ...report, clock: { at: 1 } }])
      assert.equal(parseTryOnReport(wrong), undefined, JSON.stringify(wrong));
  });
});
