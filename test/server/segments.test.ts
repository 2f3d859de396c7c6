import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Ruleset, SignedRuleset } from "@vitrine/core";
import { parseRules } from "../../packages/server/src/rules/parseRules.ts";
import { asAdmin } from "./support/kiosks.ts";
import { newDevice, runVitrine, viewed } from "./support/runVitrine.ts";

const CONTENT = {
  segments: { skirts: { "profile.categories.Skirts.day7": { $gte: 2 } } },
  rules: [
    {
      id: "hello",
      placement: "home-hero",
      when: { $segment: "skirts", "session.isNew": true },
      action: { type: "message", text: { en: "Skirts" } },
    },
  ],
};

function problemsOf(segments: unknown, when: object = { $segment: "skirts" }): string[] {
  const [rule] = CONTENT.rules;
  const parsed = parseRules({ segments, rules: [{ ...rule, when }] });
  return parsed.kind === "invalid" ? parsed.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

describe("segments of a site", () => {
  it("are published as the conditions that they stand for, and kept as they were written", async (t) => {
    const running = await runVitrine(t);
    assert.equal((await asAdmin(running, "PUT", "/rules/draft", CONTENT)).status, 200);
    const { body } = await asAdmin(running, "POST", "/rules/publish", {});
    assert.deepEqual((body as unknown as { content: object }).content, CONTENT);
    const answer = await fetch(`${running.url}/v1/rules?site=${running.siteKey}`);
    const ruleset = JSON.parse(((await answer.json()) as SignedRuleset).payload) as Ruleset;
    assert.deepEqual(ruleset.rules[0]!.when, {
      $and: [{ "session.isNew": true }, CONTENT.segments.skirts],
    });
    assert.equal("segments" in ruleset, false);
  });

  it("name the customers who are in them", async (t) => {
    const running = await runVitrine(t);
    await asAdmin(running, "PUT", "/rules/draft", CONTENT);
    await asAdmin(running, "POST", "/rules/publish", {});
    const [often, once] = [newDevice(), newDevice()];
    await running.send([viewed(often, "w", 1), viewed(often, "w", 2)], { device: often.secret });
    await running.send([viewed(once, "v", 1)], { device: once.secret });
    const segmentsOf = async (id: string) =>
      (
        (await asAdmin(running, "GET", `/customers/anonymous/${id}`)).body as unknown as {
          segments: string[];
        }
      ).segments;
    assert.deepEqual([await segmentsOf(often.id), await segmentsOf(once.id)], [["skirts"], []]);
  });

  it("are refused where they cannot be used, with what to do", () => {
    const { skirts } = CONTENT.segments;
    assert.deepEqual(problemsOf({ skirts }), []);
    assert.match(problemsOf({}).join(), /^\/rules\/0\/when: There is no segment "skirts"/);
    assert.match(
      problemsOf({ skirts: { "page.path": "/" } }).join(),
      /^\/segments\/skirts\/page.path: .*Begin with profile\./,
    );
    assert.match(
      problemsOf({ skirts: { "profile.x": { $gtt: 1 } } }).join(),
      /\/segments\/skirts\/.*Unknown operator/,
    );
    assert.match(problemsOf({ skirts, "a b": {} }).join(), /^\/segments\/a b: May hold letters/);
    assert.match(problemsOf({ skirts: { $segment: "skirts" } }).join(), /contains itself/);
    assert.match(problemsOf([]).join(), /^\/segments: Must be an object/);
  });
});
