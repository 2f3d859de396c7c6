import assert from "node:assert/strict";
import type { JsonWebKey } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { verifyRuleset } from "@vitrine/browser";
import type { Ruleset, SignedRuleset } from "@vitrine/core";
import { promoteKey } from "../../packages/server/src/rules/changeRulesKeys.ts";
import { openRulesKeys, type RulesKey } from "../../packages/server/src/site/rulesKeys.ts";
import { asAdmin, enrolKiosk, HEARTBEAT } from "./support/kiosks.ts";
import { openStream } from "./support/openStream.ts";
import { NOW, runVitrine, type Running } from "./support/runVitrine.ts";

interface Shown {
  items: Pick<RulesKey, "kid" | "state" | "publicPoint" | "since">[];
  rulesKey: string;
}

async function keysOf(running: Running): Promise<Shown> {
  return (await asAdmin(running, "GET", "/rules/keys")).body as unknown as Shown;
}

const statesOf = async (running: Running) =>
  (await keysOf(running)).items.map(({ kid, state }) => [kid, state]);

/** What a change answered: the keys, or the code of its refusal. */
async function change(running: Running, method: string, path = "") {
  const { status, body } = await asAdmin(running, method, `/rules/keys${path}`);
  return { status, keys: body as unknown as Shown, code: body.code };
}

/** Announces a key; its name. */
async function announce(running: Running): Promise<string> {
  const { status, keys } = await change(running, "POST");
  assert.equal(status, 201);
  return keys.items.find(({ state }) => state === "next")!.kid;
}

async function readRules({ url, siteKey }: Running): Promise<SignedRuleset> {
  return (await (await fetch(`${url}/v1/rules?site=${siteKey}`)).json()) as SignedRuleset;
}

/** As a page does, whose tag was copied now. */
const verify = (signed: SignedRuleset, rulesKey: string, minVersion = 0) =>
  verifyRuleset(crypto.subtle, signed, { site: undefined, rulesKey, minVersion, now: NOW });

const fileOf = ({ dataDir }: Running) => join(dataDir, "rules.key");

describe("the keys of a site's rules", () => {
  it("are one at first; the next is announced in the tag before it signs", async (t) => {
    const running = await runVitrine(t);
    const first = await keysOf(running);
    assert.deepEqual(
      first.items.map(({ state, since }) => [state, since]),
      [["current", null]],
    );
    running.clock.now += 5;
    const next = await announce(running);
    const { items, rulesKey } = await keysOf(running);
    assert.deepEqual(
      items.map(({ kid, state, since }) => [kid, state, since]),
      [
        [first.items[0]!.kid, "current", null],
        [next, "next", NOW + 5],
      ],
    );
    assert.equal(rulesKey, items.map(({ publicPoint }) => publicPoint).join(" "));
    assert.equal(running.vitrine.site.rulesKey, rulesKey);
    const { body } = await asAdmin(running, "GET", "/overview");
    assert.match(
      (body as unknown as { scriptTag: string }).scriptTag,
      new RegExp(`data-rules-key="${rulesKey}"`),
    );
    const signed = await readRules(running);
    assert.equal(signed.kid, first.items[0]!.kid);
    assert.equal((await verify(signed, rulesKey))?.version, 1);
    assert.deepEqual((await change(running, "POST")).code, "next_exists");
  });

  it("change places at once: what is published is signed anew, and open pages hear of it", async (t) => {
    const running = await runVitrine(t);
    const before = await readRules(running);
    const next = await announce(running);
    const stream = await openStream(t, `${running.url}/v1/stream?site=${running.siteKey}`);
    assert.equal((await stream.next()).data.rules, 1);
    const { status, keys } = await change(running, "POST", `/${next}/promote`);
    assert.equal(status, 200);
    assert.deepEqual(
      keys.items.map(({ kid, state }) => [kid, state]),
      [
        [next, "current"],
        [before.kid, "retired"],
      ],
    );
    assert.equal((await stream.next()).data.rules, 2);
    const after = await readRules(running);
    assert.equal(after.kid, next);
    const [old, renewed] = [before, after].map(({ payload }) => JSON.parse(payload) as Ruleset);
    assert.deepEqual({ ...renewed, version: 1 }, old);
    assert.equal((await verify(after, keys.rulesKey))?.version, 2);
    assert.equal((await verify(before, keys.rulesKey))?.version, 1, "of a page that has not heard yet");
    assert.equal(await verify(before, keys.rulesKey, 2), undefined, "a replay");
    assert.equal((await change(running, "POST", `/${next}/promote`)).code, "not_next");
    assert.equal((await change(running, "POST", `/${before.kid}/promote`)).code, "not_next");
  });

  it("are trusted until they are dropped, and what they signed no longer", async (t) => {
    const running = await runVitrine(t);
    const before = await readRules(running);
    assert.equal((await change(running, "DELETE", `/${before.kid}`)).code, "is_current");
    const next = await announce(running);
    await change(running, "POST", `/${next}/promote`);
    assert.equal((await change(running, "DELETE", `/${next}`)).code, "is_current");
    const { status, keys } = await change(running, "DELETE", `/${before.kid}`);
    assert.equal(status, 200);
    assert.deepEqual(
      keys.items.map(({ kid }) => kid),
      [next],
    );
    assert.equal(await verify(before, keys.rulesKey), undefined);
    assert.equal(await verify({ ...before, kid: next }, keys.rulesKey), undefined);
    assert.equal((await verify(await readRules(running), keys.rulesKey))?.version, 2);
    assert.equal((await change(running, "DELETE", `/${before.kid}`)).code, "unknown_kid");
  });

  it("that were only announced can be dropped, and another announced", async (t) => {
    const running = await runVitrine(t);
    const lost = await announce(running);
    await change(running, "DELETE", `/${lost}`);
    const next = await announce(running);
    assert.notEqual(next, lost);
    assert.equal((await change(running, "POST", `/${lost}/promote`)).code, "unknown_kid");
    assert.equal((await readRules(running)).kid, (await statesOf(running))[0]![0]);
  });

  it("survive a restart between all steps, and later changes too", async (t) => {
    let running = await runVitrine(t);
    const first = (await readRules(running)).kid;
    const second = await announce(running);
    running = await running.restart();
    await change(running, "POST", `/${second}/promote`);
    running = await running.restart();
    assert.equal((await readRules(running)).kid, second);
    const third = await announce(running);
    running = await running.restart();
    assert.deepEqual(await statesOf(running), [
      [second, "current"],
      [third, "next"],
      [first, "retired"],
    ]);
    await change(running, "POST", `/${third}/promote`);
    await change(running, "DELETE", `/${first}`);
    running = await running.restart();
    assert.deepEqual(await statesOf(running), [
      [third, "current"],
      [second, "retired"],
    ]);
    const rules = await readRules(running);
    assert.equal((await verify(rules, running.vitrine.site.rulesKey))?.version, 3);
  });

  it("leave each change in the audit log, with who made it", async (t) => {
    const running = await runVitrine(t);
    const [[first]] = (await statesOf(running)) as [[string, string]];
    const next = await announce(running);
    await change(running, "POST", `/${next}/promote`);
    await change(running, "DELETE", `/${first}`);
    const { body } = await asAdmin(running, "GET", "/audit");
    const entries = body.items as { action: string; byName: string | null; details: object }[];
    assert.deepEqual(
      entries.slice(0, 4).map(({ action, byName, details }) => [action, byName, details]),
      [
        ["rules.key.drop", "first key", { kid: first }],
        ["rules.renew", null, { version: 2, rules: 5 }],
        ["rules.key.promote", "first key", { kid: next }],
        ["rules.key.announce", "first key", { kid: next }],
      ],
    );
  });

  it("reach kiosks with the next heartbeat, and with enrolment", async (t) => {
    const running = await runVitrine(t);
    const kiosk = await enrolKiosk(running);
    await announce(running);
    const { body } = await kiosk.call("POST", "/heartbeat", HEARTBEAT);
    assert.equal((body as unknown as Shown).rulesKey, running.vitrine.site.rulesKey);
    assert.equal(running.vitrine.site.rulesKey.split(" ").length, 2);
  });
});

describe("the file of the rules' keys", () => {
  const privateParts = (file: string) =>
    (JSON.parse(readFileSync(file, "utf8")) as { keys: (JsonWebKey & { state: string })[] }).keys.map(
      ({ state, d }) => [state, d !== undefined] as const,
    );

  it("is for this user alone, holds no private half of a retired key, and no answer holds any", async (t) => {
    const running = await runVitrine(t);
    const next = await announce(running);
    const secrets = running.vitrine.services.secrets.rulesKeys
      .all()
      .map(({ privateKey }) => privateKey!.export({ format: "jwk" }).d!);
    const { keys } = await change(running, "POST", `/${next}/promote`);
    assert.equal(statSync(fileOf(running)).mode & 0o777, 0o600);
    assert.deepEqual(privateParts(fileOf(running)), [
      ["current", true],
      ["retired", false],
    ]);
    assert.ok(!readFileSync(fileOf(running), "utf8").includes(secrets[0]!));
    for (const secret of secrets) {
      assert.ok(!JSON.stringify(keys).includes(secret));
      assert.ok(!running.logged().includes(secret));
    }
  });

  it("of an older version, a single key, is the current one and stays as it is until keys change", async (t) => {
    const running = await runVitrine(t);
    const before = await readRules(running);
    await running.stop();
    const { privateKey } = openRulesKeys(fileOf(running)).current();
    const old = JSON.stringify(privateKey.export({ format: "jwk" }));
    writeFileSync(fileOf(running), old);
    const updated = await running.restart();
    assert.deepEqual(await statesOf(updated), [[before.kid, "current"]]);
    assert.deepEqual(await readRules(updated), before, "nothing is signed anew");
    assert.equal(readFileSync(fileOf(updated), "utf8"), old);
    await announce(updated);
    assert.deepEqual(privateParts(fileOf(updated)), [
      ["current", true],
      ["next", true],
    ]);
  });

  it("is believed after a crash before anything else was written: the start signs anew and notes who it was", async (t) => {
    const running = await runVitrine(t);
    const before = await readRules(running);
    const next = await announce(running);
    await running.stop();
    const keys = openRulesKeys(fileOf(running));
    const by = keys.lastChange()!.by;
    const change = { siteId: "default", by, action: "rules.key.promote", kid: next };
    keys.replace(promoteKey(keys.all(), next, NOW), change);
    writeFileSync(`${fileOf(running)}.new`, '{"keys":[{"kty":"EC","cr');
    const restarted = await (await running.restart()).restart();
    const { body } = await asAdmin(restarted, "GET", "/audit");
    assert.deepEqual(
      (body.items as { action: string; byName: string | null }[]).map(({ action, byName }) => [
        action,
        byName,
      ]),
      [
        ["rules.renew", null],
        ["rules.key.promote", "first key"],
        ["rules.key.announce", "first key"],
        ["rules.publish", null],
        ["site.create", null],
      ],
    );
    const after = await readRules(restarted);
    assert.equal(after.kid, next);
    const { rulesKey } = restarted.vitrine.site;
    assert.equal((await verify(after, rulesKey))?.version, 2);
    assert.equal((await verify(before, rulesKey))?.version, 1);
  });

  it("is put back where the audit log could not be written", async (t) => {
    const running = await runVitrine(t);
    const next = await announce(running);
    const before = readFileSync(fileOf(running), "utf8");
    const { raw } = running.vitrine.services.database;
    // Fails as a full disk does, when all is to be committed.
    raw.exec(`CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (id INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER fail AFTER INSERT ON audit BEGIN INSERT INTO child VALUES (1); END`);
    assert.equal((await change(running, "POST", `/${next}/promote`)).status, 500);
    assert.equal(readFileSync(fileOf(running), "utf8"), before);
    assert.equal((await statesOf(running))[1]![1], "next");
    raw.exec("DROP TRIGGER fail");
    assert.equal((await change(running, "POST", `/${next}/promote`)).status, 200);
    assert.equal((await readRules(running)).kid, next);
  });

  it("that cannot be used stops the start, since no page trusts a new key", async (t) => {
    const running = await runVitrine(t);
    await running.stop();
    const good = readFileSync(fileOf(running), "utf8");
    const { keys } = JSON.parse(good) as { keys: JsonWebKey[] };
    const twice = JSON.stringify({ keys: [...keys, ...keys] });
    const withoutPrivate = JSON.stringify({ keys: keys.map((key) => ({ ...key, d: undefined })) });
    for (const text of ["", "{", "[]", '{"keys":[]}', twice, withoutPrivate, good.slice(0, -9)]) {
      writeFileSync(fileOf(running), text);
      await assert.rejects(running.restart(), /rules\.key must hold .*restore it from your backup/, text);
    }
    writeFileSync(fileOf(running), good);
    assert.equal((await statesOf(await running.restart())).length, 1);
  });
});
