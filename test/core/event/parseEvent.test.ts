import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BLOCKED_IDS } from "../../../packages/core/src/event/parseId.ts";
import { parseEvent, type ParseOptions } from "../../../packages/core/src/event/parseEvent.ts";
import type { VitrineEvent } from "../../../packages/core/src/event/event.ts";

const RECEIVED_AT = Date.parse("2026-11-22T12:00:00Z");
const TRACK = { type: "track", event: "Product Viewed", messageId: "m1", anonymousId: "visitor-1" };

const parse = (raw: unknown, options: Partial<ParseOptions> = {}) =>
  parseEvent(raw, { receivedAt: RECEIVED_AT, ...options });

function accept(raw: unknown, options?: Partial<ParseOptions>): VitrineEvent {
  const parsed = parse(raw, options);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.event;
}

function refuse(raw: unknown, options?: Partial<ParseOptions>): string {
  const parsed = parse(raw, options);
  assert.ok(!parsed.ok, "it was accepted");
  assert.match(parsed.detail, /^[A-Z].*\.$/, "the detail says what to do");
  return parsed.reason;
}

/** JSON text of an array in arrays. */
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 1]));

/** An event with `count` (an even number) of a character in its properties. */
const long = (char: string, count: number) => ({
  ...TRACK,
  properties: { a: char.repeat(count / 2), b: char.repeat(count / 2) },
});

const bytes = (raw: object) => Buffer.byteLength(JSON.stringify(raw));

const contextOf = (context: object) => accept({ ...TRACK, context }).context;

describe("an event", () => {
  it("is read with all its fields", () => {
    assert.deepEqual(
      accept({
        ...TRACK,
        userId: 42,
        timestamp: "2026-11-01T09:30:00Z",
        properties: { price: 1 },
        context: { locale: "pl" },
      }),
      {
        type: "track",
        event: "Product Viewed",
        messageId: "m1",
        anonymousId: "visitor-1",
        userId: "42",
        timestamp: Date.parse("2026-11-01T09:30:00Z"),
        properties: { price: 1 },
        traits: {},
        context: { locale: "pl" },
      },
    );
  });

  it("takes the name of a page, and the category Segment puts beside its properties", () => {
    const page = accept({ type: "page", name: "Skirts", category: "List", messageId: "m", userId: "u" });
    assert.equal(page.event, "Skirts");
    assert.deepEqual(page.properties, { category: "List" });
  });

  it("may be a page without a name", () => {
    assert.equal(accept({ type: "page", name: null, messageId: "m", userId: "u" }).event, undefined);
  });

  it("keeps the ids of group and alias calls, and asks for them", () => {
    assert.equal(accept({ type: "group", groupId: "g", userId: "u", messageId: "m" }).groupId, "g");
    assert.equal(accept({ type: "alias", previousId: "p", userId: "u", messageId: "m" }).previousId, "p");
    assert.equal(refuse({ type: "group", userId: "u", messageId: "m" }), "missing_identity");
    assert.equal(refuse({ type: "alias", userId: "u", messageId: "m" }), "missing_identity");
  });

  for (const raw of [null, undefined, 1, "x", true, [], [TRACK]]) {
    it(`is no ${JSON.stringify(raw)}`, () => assert.equal(refuse(raw), "malformed"));
  }

  for (const type of [undefined, null, "", "Track", "constructor", "__proto__", 1, ["track"]]) {
    it(`has no type ${JSON.stringify(type)}`, () => assert.equal(refuse({ ...TRACK, type }), "unknown_type"));
  }

  for (const event of [undefined, null, "", "  ", 5, {}]) {
    it(`cannot be called ${JSON.stringify(event)}`, () =>
      assert.equal(refuse({ ...TRACK, event }), "missing_name"));
  }

  for (const field of ["properties", "traits", "context"]) {
    it(`needs an object as ${field}`, () => {
      assert.equal(refuse({ ...TRACK, [field]: [] }), "malformed");
      assert.equal(refuse({ ...TRACK, [field]: "x" }), "malformed");
      assert.deepEqual(accept({ ...TRACK, [field]: null }), accept(TRACK));
    });
  }
});

describe("the message id of an event", () => {
  for (const messageId of ["", "x".repeat(129), "a\0b", "\ud800", 7, {}, []]) {
    it(`is not ${JSON.stringify(messageId).slice(0, 20)}`, () => {
      assert.equal(refuse({ ...TRACK, messageId }, { makeId: () => "made" }), "message_id");
    });
  }

  it("may have 128 characters and any printable ones", () => {
    const messageId = "../%00'日本😀".padEnd(128, "x");
    assert.equal(accept({ ...TRACK, messageId }).messageId, messageId);
  });

  it("is made for clients that send none, and only for those", () => {
    assert.equal(accept({ ...TRACK, messageId: undefined }, { makeId: () => "made" }).messageId, "made");
    assert.equal(accept(TRACK, { makeId: () => "made" }).messageId, "m1");
    assert.equal(refuse({ ...TRACK, messageId: null }), "message_id");
  });
});

describe("the ids of an event", () => {
  for (const word of [
    ...BLOCKED_IDS,
    "",
    "   ",
    "NULL",
    "[object Object]",
    "\0",
    "a\0",
    "\udc00",
    "x".repeat(257),
  ]) {
    it(`are not ${JSON.stringify(word).slice(0, 40)}: with no other id nobody is named`, () => {
      assert.equal(refuse({ ...TRACK, anonymousId: undefined, userId: word }), "missing_identity");
      assert.equal(refuse({ ...TRACK, anonymousId: word }), "missing_identity");
      const event = accept({ ...TRACK, userId: word });
      assert.equal(event.userId, undefined);
    });
  }

  it("are opaque: composed and decomposed forms stay two", () => {
    const [composed, decomposed] = ["\u00e9", "e\u0301"].map((userId) => accept({ ...TRACK, userId }).userId);
    assert.notEqual(composed, decomposed);
  });

  it("may be hostile words", () => {
    for (const userId of [
      "__proto__",
      "constructor",
      "' OR 1=1--",
      "<img src=x onerror=alert(1)>",
      "anna@example.com",
    ]) {
      assert.equal(accept({ ...TRACK, userId }).userId, userId);
    }
  });
});

describe("the timestamp of an event", () => {
  it("is the time of sending when there is none, and of arrival when that is missing too", () => {
    assert.equal(accept(TRACK, { defaults: { sentAt: 5 } }).timestamp, 5);
    assert.equal(accept(TRACK).timestamp, RECEIVED_AT);
  });

  it("comes before originalTimestamp, which counts alone", () => {
    assert.equal(accept({ ...TRACK, timestamp: 1000, originalTimestamp: 2000 }).timestamp, 1_000_000);
    assert.equal(accept({ ...TRACK, originalTimestamp: 2000 }).timestamp, 2_000_000);
  });

  for (const timestamp of ["", "yesterday", "2024-02-30", -1, {}, true, Infinity]) {
    it(`is not ${JSON.stringify(timestamp)}`, () =>
      assert.equal(refuse({ ...TRACK, timestamp }), "bad_timestamp"));
  }
});

describe("the bounds of an event", () => {
  it("hold for depth, 16 levels with the event itself", () => {
    accept({ ...TRACK, properties: { deep: JSON.parse(nested(14)) } });
    assert.equal(refuse({ ...TRACK, properties: { deep: JSON.parse(nested(15)) } }), "too_deep");
    assert.equal(refuse({ ...TRACK, properties: { deep: JSON.parse(nested(100_000)) } }), "too_deep");
  });

  it("hold for keys, 1,000 in all objects together", () => {
    accept({ ...TRACK, properties: { a: keys(500), b: keys(493) } });
    assert.equal(refuse({ ...TRACK, properties: { a: keys(500), b: keys(494) } }), "too_many_keys");
  });

  it("hold for bytes, 32 kB as JSON text", () => {
    for (const char of ["x", "ż", "日", "\n", "😀"]) {
      const perChar = bytes(long(char, 4)) - bytes(long(char, 2));
      const fits = Math.floor((32_768 - bytes(long(char, 0))) / perChar) * 2;
      assert.ok(bytes(long(char, fits)) <= 32_768 && bytes(long(char, fits + 2)) > 32_768);
      accept(long(char, fits));
      assert.equal(refuse(long(char, fits + 2)), "too_large", char);
    }
  });

  it("hold for texts, names and arrays", () => {
    accept({ ...TRACK, properties: { a: "x".repeat(16_384) } });
    assert.equal(refuse({ ...TRACK, properties: { a: "x".repeat(16_385) } }), "too_large");
    assert.equal(refuse({ ...TRACK, properties: { ["k".repeat(257)]: 1 } }), "too_large");
    assert.equal(refuse({ ...TRACK, event: "n".repeat(257) }), "too_large");
    accept({ ...TRACK, properties: { a: Array(1000).fill(0) } });
    assert.equal(refuse({ ...TRACK, properties: { a: Array(1001).fill(0) } }), "too_large");
  });

  it("count what the batch hands down", () => {
    const measure = { keys: 995, minBytes: 0, maxBytes: 0, clean: true };
    accept(TRACK, { defaults: { measure } });
    assert.equal(refuse({ ...TRACK, properties: { a: 1 } }, { defaults: { measure } }), "too_many_keys");
  });
});

describe("hostile contents of an event", () => {
  const hostileKeys = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "then",
    "toJSON",
    "valueOf",
    "length",
  ];

  it("are data under their own keys and reach no prototype", () => {
    const hostile = `{${hostileKeys.map((key) => `"${key}":{"isAdmin":true,"prototype":{"x":1}}`).join()}}`;
    const event = accept(
      JSON.parse(`{"type":"track","event":"__proto__","messageId":"m","userId":"u",
      "properties":${hostile},"traits":${hostile},"context":${hostile},"__proto__":{"isAdmin":true}}`),
    );
    for (const part of [event.properties, event.traits, event.context]) {
      assert.deepEqual(Object.keys(part).toSorted(), hostileKeys.toSorted());
      assert.equal(JSON.stringify(part), hostile.replaceAll(" ", ""));
    }
    assert.equal(({} as Record<string, unknown>).isAdmin, undefined);
    assert.equal((event as unknown as Record<string, unknown>).isAdmin, undefined);
  });

  it("become storable: lone surrogates and NUL are replaced, numbers are those of JSON", () => {
    const event = accept(
      JSON.parse(`{"type":"track","event":"E","messageId":"m","userId":"u",
      "properties":{"a":"x\\ud800y","b\\u0000":["\\u0000"],"n":1e400,"z":-0,"__proto__":"\\udc00","ok":"😀\\u2028\\u202e"}}`),
    );
    assert.equal(
      JSON.stringify(event.properties),
      JSON.stringify({ a: "x�y", "b�": ["�"], n: null, z: 0, ["__proto__"]: "�", ok: "😀\u2028\u202e" }),
    );
  });

  it("stay as they are where they are only text", () => {
    const properties = {
      a: "<svg/onload=alert(1)>",
      b: "=HYPERLINK(1)",
      c: "\u001b[31m",
      d: "javascript:alert(1)",
      e: "{{7*7}}",
    };
    assert.deepEqual(accept({ ...TRACK, properties }).properties, properties);
  });
});

describe("the context of an event", () => {
  it("keeps what is well said", () => {
    const context = {
      writer: { id: "w", seq: 1 },
      channel: "pos",
      store: { id: "s" },
      clock: { at: 1.5, origin: 2 },
      consent: ["analytics"],
      page: { path: "/" },
      source: "call",
      proof: "token",
      own: [1],
    };
    assert.deepEqual(contextOf(context), context);
  });

  it("takes Segment's words for channels", () => {
    assert.equal(contextOf({ channel: "browser" }).channel, "web");
    assert.equal(contextOf({ channel: "mobile" }).channel, "app");
  });

  it("drops what is not of its type", () => {
    const context = {
      channel: "toString",
      store: { id: {} },
      clock: { at: "1" },
      page: 1,
      source: {},
      proof: [],
      own: 1,
    };
    assert.deepEqual(contextOf(context), { own: 1 });
    assert.deepEqual(contextOf({ page: { path: 1, url: "u", own: 2 } }).page, { url: "u", own: 2 });
    assert.deepEqual(contextOf({ store: { id: 7, city: "x" } }).store, { id: "7", city: "x" });
  });

  it("grants nothing when consent is said but not understood", () => {
    assert.deepEqual(contextOf({ consent: { categoryPreferences: { Advertising: true } } }).consent, []);
    assert.deepEqual(contextOf({ consent: null }).consent, []);
    assert.deepEqual(contextOf({ consent: ["analytics", "toString", 1] }).consent, ["analytics"]);
    assert.equal(contextOf({}).consent, undefined);
  });

  const badWriters = [
    {},
    { id: "w" },
    { id: "w", seq: 0 },
    { id: "w", seq: -1 },
    { id: "w", seq: 1.5 },
    { id: "w", seq: "1" },
    { id: "w", seq: 2 ** 53 },
    { id: "", seq: 1 },
    { id: "w w", seq: 1 },
    { id: "x".repeat(23), seq: 1 },
    "w",
    [],
  ];
  for (const writer of badWriters) {
    it(`has no writer ${JSON.stringify(writer)}`, () => {
      assert.equal(refuse({ ...TRACK, context: { writer } }), "bad_writer");
    });
  }

  it("changes nothing it is given", () => {
    const raw = JSON.parse(
      '{"type":"page","category":"c","messageId":"m","userId":"u","context":{"channel":"x","page":{"path":1}},"properties":{"a":"\\ud800"}}',
    );
    const before = JSON.stringify(raw);
    accept(raw, { defaults: { context: { locale: "pl" } } });
    assert.equal(JSON.stringify(raw), before);
  });
});

describe("a refused event", () => {
  it("still names its message, writer and device, so that its seq leaves no gap", () => {
    const parsed = parse({ ...TRACK, event: "", context: { writer: { id: "w", seq: 3, more: 1 } } });
    assert.deepEqual(
      { ...parsed, detail: undefined },
      {
        ok: false,
        messageId: "m1",
        reason: "missing_name",
        detail: undefined,
        writer: { id: "w", seq: 3 },
        anonymousId: "visitor-1",
      },
    );
  });
});
