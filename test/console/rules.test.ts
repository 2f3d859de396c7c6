import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Rule } from "@vitrine/core";
import {
  diffLines,
  diffRules,
  jsonLines,
  limitsOf,
  lineOf,
  lineOfSyntaxError,
  wordsOfAction,
  wordsOfCondition,
} from "@vitrine/console";

const rule = (id: string, text: string): Rule => ({
  id,
  placement: "p",
  action: { type: "message", text: { en: text } },
});

describe("lines of a JSON text", () => {
  it("are known for every value, whatever the text looks like", () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(document, (value) => {
        const text = JSON.stringify(value, null, 2);
        const lines = text.split("\n");
        const found = jsonLines(text);
        for (const [key, inner] of Object.entries(value)) {
          const line = lines[lineOf(found, `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`) - 1]!;
          assert.ok(
            line.startsWith(`  ${JSON.stringify(key)}: ${JSON.stringify(inner, null, 2).split("\n")[0]!}`),
            line,
          );
        }
      }),
    );
  });

  it("are those of the nearest place that exists, when something is missing", () => {
    const lines = jsonLines('{\n "rules": [\n  {\n   "id": "a"\n  }\n ]\n}');
    assert.equal(lineOf(lines, "/rules/0/id"), 4);
    assert.equal(lineOf(lines, "/rules/0/action/type"), 3);
    assert.equal(lineOf(lines, "/nothing"), 1);
  });

  it("are told of the first place that is no JSON", () => {
    const wrong: [text: string, line: number][] = [
      ['{\n "a": 1,\n "b": ?\n}', 3],
      ['{\n "a": 1\n "b": 2\n}', 3],
      ['{\n "a": [1,\n 2,\n ]\n}', 4],
      ['{\n "a": "x\n}', 2],
      ['{\n "a": 1,\n}', 3],
      ["{\n 'a': 1\n}", 2],
      ['{\n "a": 01\n}', 2],
      ["{\n\n", 3],
      ["{}\n{}", 2],
      ["", 1],
    ];
    for (const [text, line] of wrong) {
      assert.throws(() => void JSON.parse(text), SyntaxError);
      assert.equal(lineOfSyntaxError(text), line, text);
    }
  });

  it("are told of a syntax error wherever a valid text is cut off", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), (value, cut) => {
        const text = JSON.stringify({ value }, null, 2);
        assert.equal(lineOfSyntaxError(text), undefined);
        const part = text.slice(0, cut % text.length);
        assert.equal(lineOfSyntaxError(part), part.split("\n").length);
      }),
    );
  });
});

describe("a comparison", () => {
  it("of lines leads from one text to the other, and back", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 30 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const side = (without: string) =>
          lines
            .filter(({ kind }) => kind !== without)
            .map((line) => line.text)
            .join("\n");
        assert.equal(side("added"), before);
        assert.equal(side("removed"), after);
      }),
    );
  });

  it("of lines keeps as much as can be kept", () => {
    const kept = diffLines("a\nb\nc\nd", "b\nx\nd")
      .filter(({ kind }) => kind === "same")
      .map(({ text }) => text);
    assert.deepEqual(kept, ["b", "d"]);
  });

  it("of rules shows a ramp that is raised as one line", () => {
    const [change] = diffRules([{ ...rule("a", "1"), ramp: 0.1 }], [{ ...rule("a", "1"), ramp: 0.25 }]);
    assert.deepEqual(
      change!.lines
        .flatMap(({ kind, text }) => (kind === "same" ? [] : [kind, text]))
        .map((one) => one.trim()),
      ["removed", '"ramp": 0.1', "added", '"ramp": 0.25'],
    );
  });

  it("of rules names what is new, gone and changed, and nothing else", () => {
    const changes = diffRules(
      [rule("a", "1"), rule("b", "1"), rule("c", "1")],
      [rule("c", "1"), rule("a", "2"), rule("d", "1")],
    );
    assert.deepEqual(
      changes.map(({ id, kind }) => [id, kind]),
      [
        ["a", "changed"],
        ["d", "added"],
        ["b", "removed"],
      ],
    );
  });
});

describe("a rule in words", () => {
  it("says when it applies", () => {
    const when = {
      "profile.lastViewed.category": { $exists: true },
      "session.isNew": true,
      "profile.orderCount": { $gte: 2 },
    };
    assert.deepEqual(wordsOfCondition(when), [
      "a last viewed category is known",
      "the visit is new",
      "number of orders at least 2",
    ]);
    assert.deepEqual(wordsOfCondition(undefined), ["always"]);
    assert.deepEqual(wordsOfCondition({ "session.isNew": false }), ["not: the visit is new"]);
    const nested = {
      $or: [{ "page.path": "/a" }, { "page.path": { $in: ["/b", "/c"] } }],
      $segment: "returning",
      $not: { "page.language": "de" },
    };
    assert.deepEqual(wordsOfCondition(nested), [
      "any of: page is “/a”; page one of “/b”, “/c”",
      "in the segment “returning”",
      "not: language of the page is “de”",
    ]);
    assert.deepEqual(wordsOfCondition({ "page.path": { $not: { $regex: "^/x" } } }), [
      "not: page matches “^/x”",
    ]);
    assert.deepEqual(wordsOfCondition({ constructor: 1 }), ["constructor is 1"]);
  });

  it("says what it does, and what narrows it down", () => {
    assert.equal(
      wordsOfAction({ type: "continueCategory", limit: 3 }),
      "Continue with the last category: up to 3 products",
    );
    const narrow: Rule = {
      ...rule("a", "x"),
      priority: 5,
      purposes: ["personalization", "marketing"],
      cap: { per: "day", max: 1 },
      schedule: { from: "2026-11-01", timeZone: "Europe/Warsaw" },
      ramp: 0.0525,
      experiment: { key: "e", variants: ["control", "on"], weights: [0.125, 0.875] },
    };
    assert.deepEqual(limitsOf(narrow), [
      "from 2026-11-01 Europe/Warsaw",
      "at most once a day",
      "first to 5.25 % of the visitors",
      "split control 12.5 %, on 87.5 %",
      "needs consent: Personalisation, Marketing",
      "priority 5",
    ]);
    assert.deepEqual(
      limitsOf(rule("a", "x")),
      ["needs consent: Personalisation", "priority 0"],
      "as decide takes it",
    );
  });
});
