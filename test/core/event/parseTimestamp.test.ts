import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseTimestamp } from "../../../packages/core/src/event/parseTimestamp.ts";

const isoOf = (value: unknown): string | undefined => {
  const time = parseTimestamp(value);
  return time === undefined ? undefined : new Date(time).toISOString();
};

describe("a timestamp", () => {
  const good: [unknown, string][] = [
    ["2026-11-01T09:30:00.000Z", "2026-11-01T09:30:00.000Z"],
    ["2026-11-01T09:30:00Z", "2026-11-01T09:30:00.000Z"],
    ["2026-11-01T09:30Z", "2026-11-01T09:30:00.000Z"],
    ["2026-11-01 09:30:00,5", "2026-11-01T09:30:00.500Z"],
    ["2026-11-01", "2026-11-01T00:00:00.000Z"],
    ["2026-11-01T09:30:00.123456789Z", "2026-11-01T09:30:00.123Z"],
    ["2026-11-01T09:30:00+02:00", "2026-11-01T07:30:00.000Z"],
    ["2026-11-01T09:30:00-0530", "2026-11-01T15:00:00.000Z"],
    ["2026-11-01T09:30:00+02", "2026-11-01T07:30:00.000Z"],
    // Segment's documentation writes this one.
    ["2015-2-02T00:30:08.276Z", "2015-02-02T00:30:08.276Z"],
    ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    [1_700_000_000, "2023-11-14T22:13:20.000Z"],
    [1_700_000_000.25, "2023-11-14T22:13:20.250Z"],
    [1_700_000_000_123, "2023-11-14T22:13:20.123Z"],
    ["1700000000", "2023-11-14T22:13:20.000Z"],
    ["1700000000123", "2023-11-14T22:13:20.123Z"],
    [0, "1970-01-01T00:00:00.000Z"],
  ];
  for (const [given, expected] of good) {
    it(`reads ${JSON.stringify(given)}`, () => assert.equal(isoOf(given), expected));
  }

  const bad: unknown[] = [
    "2024-02-30",
    "2023-02-29T00:00:00.000Z",
    "2024-04-31T00:00:00Z",
    "2024-13-01",
    "2024-00-10",
    "2024-01-00",
    "2024-01-01T24:00:00Z",
    "2024-01-01T12:60:00Z",
    "2024-01-01T12:00:61Z",
    "2024-01-01T12:00:00+24:00",
    "2024-01-01T12:00:00+02:60",
    "2024-01-01T12:00:00 Europe/Warsaw",
    "2024-01-01junk",
    "+275760-09-13T00:00:00.000Z",
    "1969-12-31T23:59:59.999Z",
    "Sun, 01 Nov 2026 09:30:00 GMT",
    "1 November 2026",
    "",
    "NaN",
    "17000000001",
    -1,
    NaN,
    Infinity,
    1_700_000_000_000_000,
    1_700_000_000_000_000_000,
    true,
    {},
    [],
    "9".repeat(100_000),
  ];
  for (const given of bad) {
    it(`refuses ${JSON.stringify(given).slice(0, 40)}`, () => assert.equal(parseTimestamp(given), undefined));
  }

  it("reads back whatever toISOString writes", () => {
    const anyTime = fc.date({
      min: new Date(0),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyTime, (date) => assert.equal(parseTimestamp(date.toISOString()), date.getTime())),
    );
  });

  it("says nothing or a whole number of milliseconds up to the year 9999, for any text and number", () => {
    const part = fc.constantFrom("2024", "-", "02", "30", "T", ":", ".", "Z", "+", "99", " ", "\u0000", "e9");
    const nearly = fc.array(part, { maxLength: 20 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(nearly, fc.string(), fc.double(), fc.integer()), (value) => {
        const time = parseTimestamp(value);
        assert.ok(
          time === undefined || (Number.isSafeInteger(time) && time >= 0 && time < 253_402_300_800_000),
        );
      }),
    );
  });
});
