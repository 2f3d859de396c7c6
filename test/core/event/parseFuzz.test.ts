import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseBatch } from "../../../packages/core/src/event/parseBatch.ts";
import { parseEvent } from "../../../packages/core/src/event/parseEvent.ts";
import { WIRE_LIMITS } from "../../../packages/core/src/event/parseLimits.ts";
import { WireError } from "../../../packages/core/src/event/wireError.ts";
import { isStorableText } from "../../../packages/core/src/event/measureJson.ts";
import { foldAll } from "../../../packages/core/src/profile/fold.ts";

const REASONS = [
  "malformed",
  "unknown_type",
  "missing_name",
  "missing_identity",
  "message_id",
  "too_large",
  "too_deep",
  "too_many_keys",
  "bad_timestamp",
  "bad_writer",
];

const hostileText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "\ud800",
    "a\0",
    "null",
    "",
    "x".repeat(20_000),
    "2026-02-30",
  ),
);

/** Any JSON, with hostile keys more often than chance would have them; as text, as it would come. */
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    hostileText,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 6 }),
    fc.dictionary(hostileText, tie("value"), { maxKeys: 6 }),
  ),
})).value;

/** A field that is mostly well filled, so that the rest of the event is reached. */
const mostly = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: anyJson });

const anyObject = fc.dictionary(hostileText, anyJson, { maxKeys: 4 });
const anyPart = fc.oneof(anyJson, fc.constant(undefined));

/** Objects with the fields of the envelope, each well or badly filled. */
const nearlyEvent = fc.record({
  type: mostly(fc.constantFrom("track", "page", "identify", "screen")),
  event: mostly(fc.constantFrom("Product Viewed", "Order Completed", "Consent Updated", "Cart Viewed")),
  messageId: mostly(fc.uuid()),
  anonymousId: mostly(fc.uuid()),
  userId: anyPart,
  timestamp: mostly(fc.integer({ min: 0 })),
  properties: mostly(anyObject),
  traits: mostly(anyObject),
  context: mostly(
    fc.record({
      writer: mostly(fc.constantFrom(undefined, { id: "w", seq: 1 })),
      channel: anyPart,
      store: anyPart,
      clock: anyPart,
      consent: anyPart,
      page: fc.oneof(anyPart, fc.record({ path: anyPart, url: anyPart })),
    }),
  ),
});

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? "null");

const prototypeKeys = () =>
  Object.getOwnPropertyNames(Object.prototype).concat(Object.getOwnPropertyNames(Array.prototype)).join();

function assertStorable(value: unknown): void {
  if (typeof value === "string") assert.ok(isStorableText(value));
  else if (typeof value === "number") assert.ok(Number.isFinite(value));
  else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      assert.ok(isStorableText(key));
      assertStorable(item);
    }
  }
}

describe("the parser, given any JSON", () => {
  it("never throws, says a known reason or gives a bounded, storable event, and touches no prototype", () => {
    const before = prototypeKeys();
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: nearlyEvent }, anyJson), (value) => {
        const raw = throughJson(value);
        const parsed = parseEvent(raw, { receivedAt: 1_700_000_000_000, makeId: () => "made" });
        if (!parsed.ok) {
          assert.ok(REASONS.includes(parsed.reason), parsed.reason);
          return;
        }
        accepted++;
        const text = JSON.stringify(parsed.event);
        // Replacements may lengthen a text: one byte of escape is at most three of U+FFFD.
        assert.ok(text.length <= WIRE_LIMITS.maxEventBytes, String(text.length));
        assert.ok(Number.isSafeInteger(parsed.event.timestamp));
        assertStorable(parsed.event);
        assert.deepEqual(JSON.parse(text), parsed.event);
      }),
      { numRuns: 5000 },
    );
    assert.equal(prototypeKeys(), before);
    assert.ok(accepted > 500, `only ${accepted} were accepted: the generator tests nothing`);
  });

  it("gives events the fold can take, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.array(nearlyEvent, { maxLength: 8 }), (values) => {
        const events = values.flatMap((value) => {
          const parsed = parseEvent(throughJson(value), {
            receivedAt: 1_700_000_000_000,
            makeId: () => "made",
          });
          return parsed.ok ? [{ ...parsed.event, time: parsed.event.timestamp }] : [];
        });
        foldAll(events);
      }),
      { numRuns: 1000 },
    );
  });

  it("throws nothing but a WireError for a whole batch", () => {
    const anyBatch = fc.oneof(
      anyJson,
      fc.record({
        batch: fc.oneof(fc.array(nearlyEvent, { maxLength: 3 }), anyJson),
        context: anyJson,
        sentAt: anyJson,
        finished: anyJson,
        device: anyJson,
      }),
    );
    fc.assert(
      fc.property(anyBatch, (value) => {
        try {
          parseBatch(throughJson(value));
        } catch (error) {
          assert.ok(error instanceof WireError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});
