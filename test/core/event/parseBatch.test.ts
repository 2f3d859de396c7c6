import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseBatch, parseSingle } from "../../../packages/core/src/event/parseBatch.ts";
import { parseEvent } from "../../../packages/core/src/event/parseEvent.ts";
import { WireError } from "../../../packages/core/src/event/wireError.ts";

const RECEIVED_AT = Date.parse("2026-11-22T12:00:00Z");
const EVENT = { type: "track", event: "E", messageId: "m", userId: "u" };
const SECRET = "s".repeat(43);

const eventsOf = (body: object) => {
  const { events, defaults } = parseBatch(body);
  return events.map((raw) => parseEvent(raw, { receivedAt: RECEIVED_AT, defaults }));
};

function eventOf(body: object) {
  const parsed = eventsOf(body)[0]!;
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.event;
}

const refusesWith = (code: string) => (error: unknown) => error instanceof WireError && error.code === code;

describe("a batch", () => {
  it("is read with its envelope", () => {
    const body = {
      writeKey: "vs_1",
      device: SECRET,
      sentAt: "2026-11-22T11:59:00Z",
      batch: [EVENT],
      timesAsGiven: true,
      finished: [{ id: "w", last: 3 }],
      queued: 0,
      rules: 12,
      integrations: { All: true },
    };
    assert.deepEqual(parseBatch(body), {
      writeKey: "vs_1",
      device: SECRET,
      sentAt: Date.parse("2026-11-22T11:59:00Z"),
      timesAsGiven: true,
      finished: [{ id: "w", last: 3 }],
      queued: 0,
      rules: 12,
      events: [EVENT],
      defaults: { sentAt: Date.parse("2026-11-22T11:59:00Z") },
    });
  });

  it("leaves out of its envelope what makes no sense", () => {
    const body = {
      writeKey: {},
      device: "short",
      sentAt: "soon",
      batch: [],
      timesAsGiven: "yes",
      finished: [{ id: "w" }, 1, { id: "w", last: 0 }],
    };
    assert.deepEqual(parseBatch(body), { timesAsGiven: false, finished: [], events: [], defaults: {} });
    for (const absurd of [-1, 1.5, 1e9, Number.NaN, "3", null])
      assert.equal(parseBatch({ batch: [], queued: absurd }).queued, undefined);
    for (const absurd of [-1, 1.5, 2 ** 53, "3", null])
      assert.equal(parseBatch({ batch: [], rules: absurd }).rules, undefined);
  });

  for (const body of [
    null,
    undefined,
    1,
    "x",
    [],
    {},
    { batch: {} },
    { batch: "[]" },
    { batch: null },
    [EVENT],
  ]) {
    it(`is no ${JSON.stringify(body)}`, () => {
      assert.throws(() => parseBatch(body), refusesWith("malformed_json"));
    });
  }

  it("holds up to 500 events", () => {
    assert.equal(parseBatch({ batch: Array(500).fill(0) }).events.length, 500);
    assert.throws(() => parseBatch({ batch: Array(501).fill(0) }), refusesWith("too_large"));
    assert.throws(() => parseBatch({ batch: Array(1_000_000).fill(0) }), refusesWith("too_large"));
  });

  it("answers for each of its events by itself", () => {
    const parsed = eventsOf({ batch: [EVENT, {}, EVENT, "x"] });
    assert.deepEqual(
      parsed.map((one) => one.ok),
      [true, false, true, false],
    );
  });

  it("hands ids and context down to events that have none", () => {
    const { anonymousId, userId, context } = eventOf({
      batch: [{ ...EVENT, userId: undefined, context: { locale: "pl" } }],
      anonymousId: "a",
      userId: "b",
      context: { locale: "en", device: { type: "phone" } },
    });
    assert.deepEqual(
      { anonymousId, userId, context },
      { anonymousId: "a", userId: "b", context: { locale: "pl", device: { type: "phone" } } },
    );
  });

  it("keeps the events' own ids, and hands down no blocked one", () => {
    assert.equal(eventOf({ batch: [EVENT], userId: "other" }).userId, "u");
    assert.equal(eventOf({ batch: [EVENT], anonymousId: "undefined" }).anonymousId, undefined);
  });

  it("hands down no writer, clock or proof: those belong to one event", () => {
    const context = { writer: { id: "w", seq: 1 }, clock: { at: 1, origin: 1 }, proof: "p", ip: "1" };
    assert.deepEqual(eventOf({ batch: [EVENT], context }).context, { ip: "1" });
  });

  it("hands down hostile keys as data", () => {
    const body = JSON.parse(
      '{"batch":[{"type":"page","messageId":"m","userId":"u"}],"context":{"__proto__":{"isAdmin":true},"a":"\\u0000"}}',
    );
    const { context } = eventOf(body);
    assert.deepEqual(Object.keys(context), ["__proto__", "a"]);
    assert.equal(context.a, "�");
    assert.equal(({} as Record<string, unknown>).isAdmin, undefined);
  });

  it("cannot multiply a large context: it counts to every event's bytes", () => {
    const context = { a: "x".repeat(16_000), b: "x".repeat(16_000) };
    assert.ok(eventsOf({ batch: [EVENT], context })[0]!.ok);
    const [parsed] = eventsOf({ batch: [{ ...EVENT, properties: { c: "x".repeat(700) } }], context });
    assert.ok(!parsed!.ok && parsed!.reason === "too_large");
    assert.throws(
      () => parseBatch({ batch: [EVENT], context: { ...context, c: context.a } }),
      refusesWith("too_large"),
    );
  });
});

describe("a single event", () => {
  it("is of the type its path says, and carries the envelope", () => {
    const batch = parseSingle(
      { writeKey: "vs_1", sentAt: 1_700_000_000, event: "E", type: "page", messageId: "m", userId: "u" },
      "track",
    );
    assert.equal(batch.writeKey, "vs_1");
    assert.equal(batch.sentAt, 1_700_000_000_000);
    const parsed = parseEvent(batch.events[0], { receivedAt: RECEIVED_AT, defaults: batch.defaults });
    assert.ok(parsed.ok && parsed.event.type === "track" && parsed.event.timestamp === 1_700_000_000_000);
  });

  it("must be an object", () => {
    assert.throws(() => parseSingle([], "track"), refusesWith("malformed_json"));
  });
});
