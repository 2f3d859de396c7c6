import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { JsonObject } from "../../../packages/core/src/json.ts";
import { compilePlan } from "../../../packages/core/src/rules/compilePlan.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import { lintRules } from "../../../packages/core/src/rules/lintRules.ts";
import type { Rule } from "../../../packages/core/src/rules/ruleset.ts";
import { timeFacts, type TimeFact } from "../../../packages/core/src/rules/timeFacts.ts";
import { isTimeZone } from "../../../packages/core/src/rules/wallClock.ts";
import { inputOf, NOW } from "./given.ts";

const ZONES = Intl.supportedValuesOf("timeZone");

const asking = (when: JsonObject): Rule[] => [
  { id: "a", placement: "home", when, action: { type: "value", value: 1 } },
];

/** What a zone's clock shows, as `5 2026-11-27 09`: weekday, date, hour. */
function shown(zone: string, instant: string | number, local?: string): string | undefined {
  const now = typeof instant === "string" ? Date.parse(instant) : instant;
  const facts = timeFacts(asking({ [`time.${zone}.hour`]: 1 }), now, local)[zone] as unknown as
    | TimeFact
    | undefined;
  return facts && `${facts.weekday} ${facts.date} ${String(facts.hour).padStart(2, "0")}`;
}

describe("the facts of time", () => {
  it("are those of the zone that is asked, on both sides of the date line", () => {
    assert.equal(shown("UTC", "2026-11-22T23:30:00Z"), "7 2026-11-22 23");
    assert.equal(shown("Europe/Berlin", "2026-11-22T23:30:00Z"), "1 2026-11-23 00");
    assert.equal(shown("Pacific/Kiritimati", "2026-11-22T10:00:00Z"), "1 2026-11-23 00");
    assert.equal(shown("Pacific/Pago_Pago", "2026-11-23T10:59:59Z"), "7 2026-11-22 23");
    assert.equal(shown("Asia/Kathmandu", "2026-11-22T18:15:00Z"), "1 2026-11-23 00");
    assert.equal(shown("America/Argentina/Buenos_Aires", "2024-02-29T12:00:00Z"), "4 2024-02-29 09");
    assert.equal(shown("Etc/GMT+5", "2026-01-01T04:59:00Z"), "3 2025-12-31 23");
  });

  it("leave out the hour that a clock leaves out in spring, and say twice the one that comes twice in autumn", () => {
    const hours = (from: string) =>
      [0, 1, 2, 3].map((i) => shown("Europe/Berlin", Date.parse(from) + i * 3_600_000)?.slice(-2));
    assert.deepEqual(hours("2026-03-28T23:30:00Z"), ["00", "01", "03", "04"]);
    assert.deepEqual(hours("2026-10-24T23:30:00Z"), ["01", "02", "02", "03"]);
    // Half an hour of daylight saving.
    assert.equal(shown("Australia/Lord_Howe", "2026-04-04T14:59:00Z"), "7 2026-04-05 01");
    assert.equal(shown("Australia/Lord_Howe", "2026-04-04T15:00:00Z"), "7 2026-04-05 01");
    assert.equal(shown("Australia/Lord_Howe", "2026-04-04T15:30:00Z"), "7 2026-04-05 02");
  });

  it("of `local` are those of the zone that was said, or of this machine", () => {
    assert.equal(shown("local", "2026-11-22T23:30:00Z", "Asia/Tokyo"), "1 2026-11-23 08");
    const here = new Date(NOW);
    assert.equal(shown("local", NOW)?.slice(-2), String(here.getHours()).padStart(2, "0"));
    assert.equal(shown("local", NOW), shown(Intl.DateTimeFormat().resolvedOptions().timeZone, NOW));
  });

  it("are unknown for a zone that there is not, and for one that nobody asked", () => {
    assert.equal(shown("Europe/Atlantis", NOW), undefined);
    assert.equal(shown("__proto__", NOW), undefined);
    assert.deepEqual(timeFacts(asking({ "page.path": "/" }), NOW), {});
    assert.deepEqual(Object.keys(timeFacts(asking({ $or: [{ $not: { "time.UTC.hour": 1 } }] }), NOW)), [
      "UTC",
    ]);
  });

  it("are what Intl's calendar shows, in every zone and century", () => {
    const instant = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instant, (timeZone, now) => {
        const of = (options: Intl.DateTimeFormatOptions) =>
          new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).formatToParts(now);
        const part = (parts: Intl.DateTimeFormatPart[], type: string) =>
          parts.find((one) => one.type === type)!.value;
        const day = of({ year: "numeric", month: "2-digit", day: "2-digit", weekday: "long" });
        const weekday =
          ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].indexOf(
            part(day, "weekday"),
          ) + 1;
        const date = ["year", "month", "day"].map((type) => part(day, type)).join("-");
        const hour = part(of({ hour: "2-digit", hourCycle: "h23" }), "hour");
        assert.equal(shown(timeZone, now), `${weekday} ${date} ${hour}`);
        assert.equal(shown("local", now, timeZone), shown(timeZone, now));
      }),
      { numRuns: 2_000 },
    );
  });

  it("know a zone by its name alone, since engines differ on offsets", () => {
    assert.ok(ZONES.every(isTimeZone) && isTimeZone("utc"));
    for (const name of ["", "local", "+01:00", "-05", "Europe/", "Europe/Atlantis", 1, null])
      assert.equal(isTimeZone(name), false, String(name));
  });
});

const EVENING = {
  id: "evening",
  placement: "home",
  when: { "time.Europe/Berlin.hour": { $gte: 18 }, "time.local.weekday": { $in: [6, 7] } },
  action: { type: "message" as const, text: { en: "Good evening" } },
};

describe("a rule that asks for the time", () => {
  const at = (instant: string, timeZone: string) => {
    const input = inputOf({ rules: [EVENING], context: { timeZone }, expiresInHours: 9_000 });
    return decide("home", { ...input, now: Date.parse(instant) }).trace[0]!;
  };

  it("is decided at the instant of the decision, and says what each clock showed", () => {
    assert.equal(at("2026-11-21T16:59:59Z", "UTC").result, "no_match");
    assert.equal(at("2026-11-21T17:00:00Z", "UTC").result, "won");
    assert.deepEqual(
      at("2026-11-20T20:00:00Z", "Asia/Tokyo").clauses.map(({ path, seen, matched }) => [
        path,
        seen,
        matched,
      ]),
      [
        ["time.Europe/Berlin.hour", 21, true],
        ["time.local.weekday", 6, true],
      ],
    );
    assert.equal(at("2026-11-20T20:00:00Z", "America/New_York").result, "no_match");
  });

  it("is never planned: its hour may have passed before the next page", () => {
    const input = inputOf({ rules: [EVENING], context: { timeZone: "UTC" }, expiresInHours: 9_000 });
    const now = Date.parse("2026-11-21T17:00:00Z");
    assert.equal(decide("home", { ...input, now }).rule, "evening");
    assert.deepEqual(compilePlan({ ...input, now })!.slots["home"], []);
  });

  it("is planned where the time decides nothing: the profile already has", () => {
    const when = { $or: [{ "profile.orderCount": 0 }, { "time.UTC.hour": 3 }] };
    assert.equal(compilePlan(inputOf({ rules: [{ ...EVENING, when }] }))!.slots["home"]!.length, 1);
  });

  const findingsOf = (when: JsonObject) => lintRules([{ ...EVENING, when }]).map(({ code }) => code);

  it("is said not to be there before the page runs", () => {
    const [finding] = lintRules([EVENING]);
    assert.equal(finding!.code, "not_at_first_paint");
    assert.match(finding!.message, /time\.Europe\/Berlin\.hour.* is only known once the page runs/);
  });

  it("is said to be for nobody where no clock ever shows what it asks", () => {
    for (const when of [
      { "time.UTC.hour": { $gte: 24 } },
      { "time.UTC.hour": { $gte: 18, $lt: 6 } },
      { "time.UTC.hour": { $gt: 22, $lt: 23 } },
      { "time.UTC.weekday": 0 },
      { "time.UTC.weekday": { $in: [1, 2] }, $nor: [{ "time.UTC.weekday": { $lt: 3 } }] },
    ])
      assert.deepEqual(findingsOf(when), ["unreachable"], JSON.stringify(when));
    for (const when of [
      { "time.UTC.hour": { $gt: 22, $lt: 30 } },
      { $or: [{ "time.UTC.hour": { $gte: 18 } }, { "time.UTC.hour": { $lt: 6 } }] },
      { "time.UTC.hour": { $gte: 18 }, "time.local.hour": { $lt: 6 } },
    ])
      assert.deepEqual(findingsOf(when), ["not_at_first_paint"], JSON.stringify(when));
  });

  it("does not slow down a decision over a thousand rules that all ask", () => {
    const rules = Array.from({ length: 1_000 }, (_, i) => ({
      ...EVENING,
      id: `rule-${i}`,
      when: { "time.Europe/Berlin.hour": 24 + i },
    }));
    const made = Intl.DateTimeFormat;
    let formats = 0;
    Intl.DateTimeFormat = class extends made {
      constructor(...given: ConstructorParameters<typeof made>) {
        super(...given);
        formats++;
      }
    } as typeof made;
    try {
      const input = inputOf({ rules });
      for (let i = 0; i < 3; i++) decide("home", { ...input, now: NOW + i });
    } finally {
      Intl.DateTimeFormat = made;
    }
    assert.ok(formats <= 1, `${formats} formats were made`);
  });
});
