import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  decide,
  emptyFold,
  profileView,
  type Decision,
  type Ruleset,
  type SignedRuleset,
} from "@vitrine/core";
import type { RuleResults } from "../../../packages/server/src/experiments/ruleResults.ts";
import { asKey } from "../support/asKey.ts";
import { newDevice, NOW, runVitrine, type Device, type Running } from "../support/runVitrine.ts";

const SPLIT = { key: "hello", variants: ["control", "on"], weights: [0.5, 0.5] };

async function publish(running: Running, ramp: number, experiment: object | null = SPLIT): Promise<void> {
  const rule = {
    id: "hello",
    placement: "home-hero",
    ramp,
    action: { type: "message", text: { en: "Hello" } },
  };
  const call = asKey(running, running.secretKey);
  await call("PUT", "/v1/admin/rules/draft", { rules: [{ ...rule, ...(experiment && { experiment }) }] });
  assert.equal((await call("POST", "/v1/admin/rules/publish", {})).status, 200);
}

async function resultsOf(running: Running): Promise<RuleResults> {
  return (await asKey(running, running.secretKey)<RuleResults>("GET", "/v1/admin/rules/results/hello")).body;
}

let visits = 0;

/** Opens a page on each device, by the rules that the server gives to pages; what they show or hold back, they tell. */
async function visitAll(running: Running, devices: readonly Device[]): Promise<Decision[]> {
  const answer = await fetch(`${running.url}/v1/rules?site=${running.siteKey}`);
  const ruleset = JSON.parse(((await answer.json()) as SignedRuleset).payload) as Ruleset;
  const decisions: Decision[] = [];
  for (const { id, secret } of devices) {
    const decision = decideFor(id, ruleset);
    decisions.push(decision);
    const { rule, variant, version } = decision;
    if (rule === undefined) continue;
    const event = {
      type: "track",
      event: "Content Shown",
      messageId: `${id}-${version}`,
      anonymousId: id,
      timestamp: new Date(running.clock.now).toISOString(),
      properties: { placement: "home-hero", rule, variant, version },
      context: { writer: { id: `w${++visits}`, seq: 1 } },
    };
    const [result] = await running.send([event], { device: secret });
    assert.equal(result!.status, "accepted");
  }
  return decisions;
}

function decideFor(targetingKey: string, ruleset: Ruleset): Decision {
  const fold = emptyFold();
  return decide("home-hero", {
    ruleset,
    fold,
    profile: profileView(fold, NOW),
    context: {
      targetingKey,
      session: { isNew: true },
      page: { path: "/", query: {}, language: "en" },
      device: {},
      consent: ["analytics", "personalization"],
      shown: {},
    },
    now: NOW,
  });
}

const visitorsOf = ({ tally }: RuleResults): Record<string, number> =>
  Object.fromEntries(tally!.variants.map(({ variant, visitors }) => [variant, visitors]));

function countOf(decisions: readonly Decision[]): Record<string, number> {
  const count = (name: string) => decisions.filter(({ variant }) => variant === name).length;
  return { control: count("control"), on: count("on") };
}

describe("a rule that begins with a share of the visitors", () => {
  it("is published as it was written, and exposes and counts only those inside", async (t) => {
    const running = await runVitrine(t);
    const devices = Array.from({ length: 60 }, newDevice);
    await publish(running, 0.5);
    const decisions = await visitAll(running, devices);
    const outside = decisions.filter(({ rule }) => rule === undefined);
    assert.ok(outside.length > 5 && outside.length < 55, `${outside.length} of 60 outside`);
    assert.ok(outside.every(({ trace }) => trace[0]!.result === "not_in_ramp"));
    const results = await resultsOf(running);
    assert.deepEqual(visitorsOf(results), countOf(decisions));
    assert.equal(results.ramp, 0.5);
  });

  it("goes on with its numbers when the share is raised: nobody leaves, and nobody changes sides", async (t) => {
    const running = await runVitrine(t);
    const devices = Array.from({ length: 60 }, newDevice);
    await publish(running, 0.3);
    const before = await visitAll(running, devices);
    const first = await resultsOf(running);
    await publish(running, 0.8);
    const after = await visitAll(running, devices);
    for (const [i, { rule, variant }] of before.entries())
      if (rule !== undefined) assert.deepEqual([after[i]!.rule, after[i]!.variant], [rule, variant]);
    // Asked at once: a count that is good for a minute is not good for another share.
    const { ramp, mixed, sinceVersion, ...results } = await resultsOf(running);
    assert.deepEqual([ramp, mixed, sinceVersion], [0.8, 0, first.sinceVersion]);
    assert.deepEqual(visitorsOf({ ...first, ...results }), countOf(after));
  });

  it("says at which share it is without a split, too", async (t) => {
    const running = await runVitrine(t);
    await publish(running, 0.25, null);
    assert.equal((await resultsOf(running)).tally, null);
    assert.equal((await resultsOf(running)).ramp, 0.25);
  });
});
