import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { DEFAULT_RULES } from "../../packages/server/src/rules/defaultRules.ts";
import { parseRules } from "../../packages/server/src/rules/parseRules.ts";

const MESSAGE = { type: "message", text: { en: "Hello" } };
const AD = { value: "coats", title: { en: "Coats" } };
const SURVEY = {
  type: "survey",
  survey: "s",
  kind: "nps",
  title: { en: "?" },
  low: { en: "no" },
  high: { en: "yes" },
};
const rule = (changes: object) => ({ id: "one", placement: "home", action: MESSAGE, ...changes });

/** Paths and messages of what is wrong with one rule. */
function problemsOf(changes: object): string[] {
  const parsed = parseRules({ rules: [rule(changes)] });
  return parsed.kind === "invalid" ? parsed.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

describe("rules from outside", () => {
  it("the first rules of a site are valid, in English and German at least", () => {
    const parsed = parseRules(JSON.parse(JSON.stringify(DEFAULT_RULES)));
    assert.deepEqual(parsed, { kind: "valid", content: DEFAULT_RULES });
    const texts = DEFAULT_RULES.rules.flatMap(({ action }) =>
      "title" in action && action.title ? [action.title] : [],
    );
    assert.ok(texts.length > 0 && texts.every(({ en, de }) => en && de));
  });

  it("take every action as it was written", () => {
    const texts = { title: { en: "t" }, text: { en: "x" }, label: { en: "l" }, href: "/c" };
    const actions: object[] = [
      { type: "reorder", limit: 3, ...texts, category: "skirts" },
      { type: "recommend", limit: 3, ...texts },
      { type: "availability", store: "old", stores: { old: "Old Town" }, ...texts },
      {
        type: "echoCreative",
        parameter: "utm_content",
        creatives: [{ value: "a", image: "/a.svg", alt: { en: "A" }, ...texts }],
        title: { en: "t" },
        text: { en: "x" },
      },
      { ...SURVEY, text: { en: "x" }, thanks: { en: "ta" } },
      { type: "identifyPrompt", ...texts },
      { type: "prefill", what: "filters" },
      { type: "prefill", what: "store" },
    ];
    for (const action of actions) {
      const written = rule({ purposes: ["analytics", "personalization"], action });
      assert.deepEqual(parseRules({ rules: [written] }), { kind: "valid", content: { rules: [written] } });
    }
  });

  it("are counted as pages get them, with segments and what publishing says, which leaves no page without its rules", () => {
    const vip = { $or: Array.from({ length: 200 }, (_, at) => ({ [`profile.traits.club${at}`]: true })) };
    const parse = (count: number) =>
      parseRules({
        segments: { vip },
        rules: Array.from({ length: count }, (_, at) => rule({ id: `r${at}`, when: { $segment: "vip" } })),
      });
    const most = Array.from({ length: 100 }, (_, at) => at).findLast(
      (count) => parse(count).kind === "valid",
    )!;
    assert.ok(JSON.stringify(parse(most)).length < 50_000, "written, they are short");
    const parsed = parse(most + 1);
    assert.ok(parsed.kind === "invalid");
    assert.match(
      parsed.problems.map(({ path, message }) => `${path}: ${message}`).join(),
      /^\/rules: Come to 25[67]\d{3} characters with .*pages take 256000/,
    );
  });

  it("may ask for the time in any zone, and by the visitor's own clock", () => {
    for (const zone of [...Intl.supportedValuesOf("timeZone"), "local", "UTC"]) {
      const written = rule({
        when: { [`time.${zone}.hour`]: { $gte: 18 }, [`time.${zone}.date`]: "2026-11-27" },
      });
      assert.equal(parseRules({ rules: [written] }).kind, "valid", zone);
    }
  });

  const WRONG: [what: string, changes: object, path: string, message: RegExp][] = [
    [
      "an unknown action type",
      { action: { type: "popup" } },
      "/rules/0/action/type",
      /one of: continueCategory, resume/,
    ],
    [
      "a time zone that there is not in a condition",
      { when: { $or: [{ "time.Europe/Atlantis.hour": 9 }] } },
      "/rules/0/when/$or/0/time.Europe~1Atlantis.hour",
      /"Europe\/Atlantis" is not a time zone.*time\.Europe\/Warsaw\.hour, or local/,
    ],
    [
      "an offset in the place of a time zone",
      { when: { "time.+01:00.hour": 9 } },
      "/rules/0/when/time.+01:00.hour",
      /is not a time zone/,
    ],
    [
      "a part of the channel, which has none",
      { when: { "channel.name": "web" } },
      "/rules/0/when/channel.name",
      /Nothing is known under "channel\.name".*geo\., channel/,
    ],
    [
      "a place finer than a region",
      { when: { "geo.city": "Poznań" } },
      "/rules/0/when/geo.city",
      /only country and region are known/,
    ],
    [
      "what no clock shows",
      { when: { "time.local.minute": 9 } },
      "/rules/0/when/time.local.minute",
      /only hour, weekday, date are known: time\.local\.hour/,
    ],
    [
      "a list that no mirror has",
      { action: { type: "screen", list: "orders" } },
      "/rules/0/action/list",
      /one of: recent, cart, usualSize/,
    ],
    [
      "a link on a mirror",
      { action: { type: "screen", list: "cart", href: "/cart" } },
      "/rules/0/action/href",
      /Unknown field/,
    ],
    [
      "a cap of what a mirror shows",
      { cap: { per: "day", max: 1 }, action: { type: "screen", list: "cart" } },
      "/rules/0/cap",
      /leave the cap out/,
    ],
    [
      "a survey whose scale has no ends",
      {
        purposes: ["analytics"],
        action: { type: "survey", survey: "s", kind: "nps", title: { en: "?" }, low: { en: "no" } },
      },
      "/rules/0/action/high",
      /texts by language/,
    ],
    [
      "a survey of no known scale",
      { purposes: ["analytics"], action: { ...SURVEY, kind: "stars" } },
      "/rules/0/action/kind",
      /one of: nps, ces, csat/,
    ],
    [
      "a survey without the purpose of its answers",
      { action: { ...SURVEY } },
      "/rules/0/purposes",
      /needs the purpose "analytics"/,
    ],
    [
      "two creatives of one value",
      { action: { type: "echoCreative", parameter: "utm_content", creatives: [AD, AD] } },
      "/rules/0/action/creatives",
      /Two creatives have the value "coats"/,
    ],
    [
      "a parameter that a condition would read as a path",
      { action: { type: "echoCreative", parameter: "utm.content", creatives: [AD] } },
      "/rules/0/action/parameter",
      /letters, digits/,
    ],
    [
      "a creative that shows nothing",
      { action: { type: "echoCreative", parameter: "utm_content", creatives: [{ value: "coats" }] } },
      "/rules/0/action/creatives/0",
      /an image, a title or a text/,
    ],
    [
      "a creative with a script for a picture",
      {
        action: {
          type: "echoCreative",
          parameter: "u",
          creatives: [{ value: "coats", image: "javascript:alert(1)" }],
        },
      },
      "/rules/0/action/creatives/0/image",
      /not a safe address/,
    ],
    [
      "no creative",
      { action: { type: "echoCreative", parameter: "u", creatives: [] } },
      "/rules/0/action/creatives",
      /at least one/,
    ],
    [
      "a prompt to sign in without a reason",
      { action: { type: "identifyPrompt", label: { en: "Sign in" }, href: "/account" } },
      "/rules/0/action/text",
      /texts by language/,
    ],
    [
      "a stock that says nothing",
      { action: { type: "availability" } },
      "/rules/0/action",
      /"title" or a "text"/,
    ],
    [
      "a name of a store that is none",
      { action: { type: "availability", title: { en: "x" }, stores: { old: 3 } } },
      "/rules/0/action/stores/old",
      /Must be a text/,
    ],
    [
      "a prefill of what no page has",
      { action: { type: "prefill", what: "name" } },
      "/rules/0/action/what",
      /one of: size, filters, store/,
    ],
    ["an action of no shape", { action: "message" }, "/rules/0/action", /object with a "type"/],
    ["an unknown field", { prio: 3 }, "/rules/0/prio", /Unknown field.*priority/],
    [
      "a schedule that ends before it begins",
      { schedule: { from: "2026-12-02", to: "2026-12-01" } },
      "/rules/0/schedule/to",
      /later than/,
    ],
    [
      "a day that no calendar has",
      { schedule: { from: "2026-02-30" } },
      "/rules/0/schedule/from",
      /date such as/,
    ],
    [
      "an instant without an offset",
      { schedule: { from: "2026-02-03T10:00" } },
      "/rules/0/schedule/from",
      /date such as/,
    ],
    [
      "a time zone that is none",
      { schedule: { timeZone: "Europe/Atlantis" } },
      "/rules/0/schedule/timeZone",
      /IANA name/,
    ],
    [
      "a text without English",
      { action: { type: "message", text: { de: "Hallo" } } },
      "/rules/0/action/text",
      /"en"/,
    ],
    [
      "a text that is not by language",
      { action: { type: "message", text: "Hello" } },
      "/rules/0/action/text",
      /by language/,
    ],
    [
      "a language that is none",
      { action: { type: "message", text: { en: "Hi", "!": "?" } } },
      "/rules/0/action/text/!",
      /language tag/,
    ],
    [
      "a script for an address",
      { action: { ...MESSAGE, href: "javascript:alert(1)" } },
      "/rules/0/action/href",
      /safe address/,
    ],
    [
      "an address on another host by a backslash",
      { action: { ...MESSAGE, href: "/\\evil.example" } },
      "/rules/0/action/href",
      /safe address/,
    ],
    [
      "an address without scheme",
      { action: { ...MESSAGE, href: "//evil.example" } },
      "/rules/0/action/href",
      /safe address/,
    ],
    [
      "an unknown operator",
      { when: { "profile.orderCount": { $more: 1 } } },
      "/rules/0/when/profile.orderCount/$more",
      /Unknown operator/,
    ],
    [
      "a fact nobody has",
      { when: { $and: [{ "user.age": 3 }] } },
      "/rules/0/when/$and/0/user.age",
      /Nothing is known/,
    ],
    [
      "weights that do not add up",
      { experiment: { key: "e", variants: ["control", "on"], weights: [0.5, 0.4] } },
      "/rules/0/experiment/weights",
      /add up to 1; these add up to 0.9/,
    ],
    [
      "fewer weights than variants",
      { experiment: { key: "e", variants: ["control", "on"], weights: [1] } },
      "/rules/0/experiment/weights",
      /one weight for each/,
    ],
    ...[0, -0.1, 1.01, 10, "0.1", null, true].map((ramp): (typeof WRONG)[number] => [
      `a ramp of ${JSON.stringify(ramp)}`,
      { ramp },
      "/rules/0/ramp",
      /above 0 and at most 1: 0\.1 is a tenth of the visitors/,
    ]),
    [
      "a ramp on a mirror",
      { ramp: 0.5, action: { type: "screen", list: "cart" } },
      "/rules/0/ramp",
      /leave the ramp out/,
    ],
    [
      "a part of a group that ends where it begins",
      { exclusive: { group: "g", from: 0.5, to: 0.5 } },
      "/rules/0/exclusive/to",
      /above from: 0 to 0\.5 is the first half/,
    ],
    [
      "a group without its part",
      { exclusive: { group: "g", to: 0.5 } },
      "/rules/0/exclusive/from",
      /number from 0 to 1/,
    ],
    [
      "a group on a mirror",
      { exclusive: { group: "g", from: 0, to: 1 }, action: { type: "screen", list: "cart" } },
      "/rules/0/exclusive",
      /leave the group out/,
    ],
    ["a cap without a number", { cap: { per: "session" } }, "/rules/0/cap/max", /whole number/],
    ["a purpose nobody asks for", { purposes: ["selling"] }, "/rules/0/purposes/0", /one of: analytics/],
    ["an id with spaces", { id: "my rule" }, "/rules/0/id", /letters, digits/],
    [
      "too many products",
      { action: { type: "continueCategory", limit: 100 } },
      "/rules/0/action/limit",
      /from 1 to 12/,
    ],
    [
      "a value that is too large",
      { action: { type: "value", value: "x".repeat(9_000) } },
      "/rules/0/action/value",
      /at most 8192/,
    ],
  ];
  for (const [what, changes, path, message] of WRONG) {
    it(`refuses ${what}, and says where and what to do`, () => {
      const problems = problemsOf(changes);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.ok(problems[0]!.startsWith(`${path}: `), problems[0]);
      assert.match(problems[0]!, message);
    });
  }

  it("tells all problems at once", () => {
    assert.equal(problemsOf({ id: "", placement: 3, action: { type: "prefill", what: "hat" } }).length, 3);
  });

  it("refuses two rules of one name", () => {
    const parsed = parseRules({ rules: [rule({}), rule({})] });
    assert.deepEqual(parsed, {
      kind: "invalid",
      problems: [{ path: "/rules/1/id", message: 'Another rule is called "one" already.' }],
    });
  });

  it("refuses more than 1,000 rules, and more text than a phone should store", () => {
    const many = Array.from({ length: 1_001 }, (_, i) => rule({ id: `r${i}` }));
    assert.equal(parseRules({ rules: many }).kind, "invalid");
    const heavy = Array.from({ length: 40 }, (_, i) =>
      rule({ id: `r${i}`, action: { type: "value", value: "x".repeat(8_000) } }),
    );
    assert.equal(parseRules({ rules: heavy }).kind, "invalid");
  });

  it("never throws, and keeps hostile keys as data", () => {
    const hostile: unknown = JSON.parse(
      '{"rules":[{"__proto__":{"id":"x"},"constructor":1}],"groups":{"__proto__":[1]}}',
    );
    assert.equal(parseRules(hostile).kind, "invalid");
    assert.equal(({} as Record<string, unknown>)["id"], undefined);
    fc.assert(fc.property(fc.jsonValue(), (value) => ["valid", "invalid"].includes(parseRules(value).kind)));
    const near = fc.record({
      rules: fc.array(
        fc.record({
          id: fc.jsonValue(),
          placement: fc.jsonValue(),
          when: fc.jsonValue(),
          schedule: fc.jsonValue(),
          action: fc.jsonValue(),
        }),
      ),
    });
    fc.assert(fc.property(near, (value) => ["valid", "invalid"].includes(parseRules(value).kind)));
  });
});
