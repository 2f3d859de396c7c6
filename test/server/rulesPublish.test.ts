import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Ruleset, SignedRuleset } from "@vitrine/core";
import type { RulesContent } from "../../packages/server/src/rules/parseRules.ts";
import type { RuleProblem } from "../../packages/server/src/rules/problems.ts";
import type { Published, RulesVersion } from "../../packages/server/src/rules/rulesetStore.ts";
import { verifyRuleset } from "../../packages/server/src/rules/rulesSigner.ts";
import { openStream } from "./support/openStream.ts";
import { NOW, runVitrine, type Running } from "./support/runVitrine.ts";

const DAY_MS = 86_400_000;

const message = (text: string, more: object = {}) => ({
  rules: [{ id: "hello", placement: "home-hero", action: { type: "message", text: { en: text } }, ...more }],
});

/** What the tests read of the answers. */
interface Answers extends Published {
  draft: RulesContent | null;
  history: RulesVersion[];
  code: string;
  problems: RuleProblem[];
  items: { action: string; byName: string | null }[];
  chain: { brokenAt: number | null };
}

async function call(
  running: Running,
  method: "GET" | "PUT" | "POST" | "DELETE",
  path: string,
  body?: unknown,
) {
  const headers = { Authorization: `Bearer ${running.secretKey}` };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${running.url}/v1/admin${path}`, { method, headers, ...sent });
  return { status: answer.status, body: (await answer.json()) as Answers };
}

async function readRules(running: Running, headers: Record<string, string> = {}) {
  const answer = await fetch(`${running.url}/v1/rules?site=${running.siteKey}`, { headers });
  const signed = answer.status === 200 ? ((await answer.json()) as SignedRuleset) : undefined;
  return {
    status: answer.status,
    etag: answer.headers.get("etag"),
    signed,
    ruleset: signed && (JSON.parse(signed.payload) as Ruleset),
  };
}

const texts = (ruleset: Ruleset | undefined) =>
  ruleset?.rules.map((rule) => "text" in rule.action && rule.action.text?.en);

describe("rules of a site", () => {
  it("begin with the first rules, signed for 30 days, verifiable with the site's rules key", async (t) => {
    const running = await runVitrine(t);
    const { signed, ruleset, etag } = await readRules(running);
    assert.equal(await verifyRuleset(signed!, running.vitrine.site.rulesKey), true);
    assert.deepEqual(
      ruleset!.rules.map(({ id }) => id),
      ["home-continue", "usual-size", "home-resume", "mirror-cart", "mirror-recent"],
    );
    assert.equal(ruleset!.version, 1);
    assert.equal(ruleset!.notAfter, NOW + 30 * DAY_MS);
    assert.equal((await readRules(running, { "If-None-Match": etag! })).status, 304);
  });

  it("travel compressed to whoever reads that, under one tag", async (t) => {
    const running = await runVitrine(t);
    const read = (encoding: string) =>
      fetch(`${running.url}/v1/rules?site=${running.siteKey}`, { headers: { "Accept-Encoding": encoding } });
    const [zipped, plain] = await Promise.all([read("br, gzip"), read("identity")]);
    assert.deepEqual(
      [zipped, plain].map(({ headers }) => headers.get("content-encoding")),
      ["gzip", null],
    );
    assert.equal(zipped.headers.get("etag"), plain.headers.get("etag"));
    assert.equal(await zipped.text(), await plain.text());
    assert.ok(Number(zipped.headers.get("content-length")) < Number(plain.headers.get("content-length")) / 2);
  });

  it("are published under the next version, and open pages hear of it at once", async (t) => {
    const running = await runVitrine(t);
    const stream = await openStream(t, `${running.url}/v1/stream?site=${running.siteKey}`);
    assert.equal((await stream.next()).data.rules, 1);
    const saved = await call(running, "PUT", "/rules/draft", message("One"));
    assert.equal(saved.status, 200);
    assert.equal((await readRules(running)).ruleset!.version, 1, "a draft changes nothing for devices");
    const published = await call(running, "POST", "/rules/publish", { note: "first words" });
    assert.equal(published.body.version, 2);
    assert.equal((await stream.next()).data.rules, 2);
    assert.deepEqual(texts((await readRules(running)).ruleset), ["One"]);
    const state = await call(running, "GET", "/rules");
    assert.equal(state.body.draft, null);
    assert.deepEqual(
      state.body.history.map((one) => [one.version, one.note]),
      [
        [2, "first words"],
        [1, null],
      ],
    );
  });

  it("are refused as a draft when wrong, with every place, and nothing is kept", async (t) => {
    const running = await runVitrine(t);
    const refused = await call(running, "PUT", "/rules/draft", message("", { placement: "" }));
    assert.equal(refused.status, 422);
    assert.equal(refused.body.code, "invalid_rules");
    assert.deepEqual(
      refused.body.problems.map((one) => one.path),
      ["/rules/0/placement", "/rules/0/action/text/en"],
    );
    assert.equal((await call(running, "GET", "/rules")).body.draft, null);
    assert.equal((await call(running, "POST", "/rules/publish")).status, 409);
  });

  it("are rolled back by publishing the older content under the next version; the draft stays", async (t) => {
    const running = await runVitrine(t);
    for (const text of ["One", "Two"]) {
      await call(running, "PUT", "/rules/draft", message(text));
      await call(running, "POST", "/rules/publish", {});
    }
    await call(running, "PUT", "/rules/draft", message("Three"));
    assert.equal(
      (await call(running, "POST", "/rules/rollback", { version: 3 })).status,
      409,
      "it is the published one",
    );
    assert.equal((await call(running, "POST", "/rules/rollback", { version: 9 })).status, 404);
    assert.equal((await call(running, "POST", "/rules/rollback", { version: 2 })).body.version, 4);
    const { signed, ruleset } = await readRules(running);
    assert.equal(ruleset!.version, 4);
    assert.deepEqual(texts(ruleset), ["One"]);
    assert.equal(await verifyRuleset(signed!, running.vitrine.site.rulesKey), true);
    assert.deepEqual((await call(running, "GET", "/rules")).body.draft, message("Three"));
  });

  it("are renewed at half of their life, as a version of their own, with the same content", async (t) => {
    const running = await runVitrine(t);
    const first = await readRules(running);
    running.clock.now = NOW + 14 * DAY_MS;
    const early = await running.restart();
    assert.equal((await readRules(early)).ruleset!.version, 1);
    early.clock.now = NOW + 16 * DAY_MS;
    const late = await early.restart();
    const renewed = await readRules(late);
    assert.equal(renewed.ruleset!.version, 2);
    assert.equal(renewed.ruleset!.notAfter, NOW + 46 * DAY_MS);
    assert.deepEqual(renewed.ruleset!.rules, first.ruleset!.rules);
  });

  it("are signed anew when the site's key was replaced", async (t) => {
    const running = await runVitrine(t);
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(join(running.dataDir, "rules.key"), JSON.stringify(privateKey.export({ format: "jwk" })));
    const restarted = await running.restart();
    assert.notEqual(restarted.vitrine.site.rulesKey, running.vitrine.site.rulesKey);
    const { signed, ruleset } = await readRules(restarted);
    assert.equal(ruleset!.version, 2);
    assert.equal(await verifyRuleset(signed!, restarted.vitrine.site.rulesKey), true);
  });

  it("keep dates as the merchant wrote them, while devices get instants", async (t) => {
    const running = await runVitrine(t);
    const schedule = { from: "2026-12-01", to: "2027-01-01", timeZone: "Europe/Warsaw" };
    await call(running, "PUT", "/rules/draft", message("Sale", { schedule }));
    const { body } = await call(running, "POST", "/rules/publish", {});
    assert.deepEqual(body.content.rules[0]!.schedule, schedule);
    assert.equal((await readRules(running)).ruleset!.rules[0]!.schedule!.from, "2026-11-30T23:00:00.000Z");
  });

  it("leave each change in the audit log, with who made it", async (t) => {
    const running = await runVitrine(t);
    await call(running, "PUT", "/rules/draft", message("One"));
    await call(running, "DELETE", "/rules/draft");
    await call(running, "PUT", "/rules/draft", message("Two"));
    await call(running, "POST", "/rules/publish", { note: "two" });
    await call(running, "POST", "/rules/rollback", { version: 1 });
    const { body } = await call(running, "GET", "/audit");
    const rules = body.items
      .filter((one) => one.action.startsWith("rules."))
      .map((one) => [one.action, one.byName]);
    assert.deepEqual(rules, [
      ["rules.rollback", "first key"],
      ["rules.publish", "first key"],
      ["rules.draft", "first key"],
      ["rules.discard", "first key"],
      ["rules.draft", "first key"],
      ["rules.publish", null],
    ]);
    assert.deepEqual(body.chain, { brokenAt: null });
  });

  it("are written by keys with the scope rules only", async (t) => {
    const running = await runVitrine(t);
    const { keys } = running.vitrine.services;
    const { text } = keys.create({
      siteId: "default",
      kind: "secret",
      name: "looks only",
      scopes: ["console"],
    });
    const reader = { ...running, secretKey: text };
    assert.equal((await call(reader, "GET", "/rules")).status, 200);
    assert.equal((await call(reader, "PUT", "/rules/draft", message("One"))).status, 403);
    assert.equal((await call(reader, "POST", "/rules/publish")).status, 403);
    assert.equal((await call({ ...running, secretKey: running.siteKey }, "GET", "/rules")).status, 401);
  });
});
