import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Rule } from "@vitrine/core";
import { asKey } from "./support/asKey.ts";
import { NOW, newDevice, runVitrine, viewed, type Running } from "./support/runVitrine.ts";

const MINUTE_MS = 60_000;

const rule = (id: string, more: Partial<Rule> = {}): Rule => ({
  id,
  placement: "home",
  purposes: [],
  action: { type: "message", text: { en: `Hello from ${id}` } },
  ...more,
});

const asAdmin = <T>(running: Running, method: string, path: string, body?: unknown) =>
  asKey(running, running.secretKey)<T>(method, `/v1/admin${path}`, body);

const make = (running: Running, rules: Rule[], more: object = {}) =>
  asAdmin<{ token: string; expiresAt: number; code: string }>(running, "POST", "/rules/preview", {
    content: { rules },
    ...more,
  });

interface Shown {
  console: string;
  slots: { placement: string; rule: string | null; nodes: unknown[] }[];
}

const look = async ({ url }: Running, token: string, page: object = {}) => {
  const answer = await fetch(`${url}/v1/preview`, {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: JSON.stringify({ token, path: "/", query: {}, language: "en", placements: ["home"], ...page }),
  });
  return { status: answer.status, body: (await answer.json()) as Shown };
};

describe("a preview of a draft", () => {
  it("shows what no shopper would see yet: kept from its holdout, outside its ramp, capped, and not begun", async (t) => {
    const running = await runVitrine(t);
    const { body } = await make(running, [
      rule("a", {
        experiment: { key: "a", variants: ["control", "on"], weights: [1, 0] },
        ramp: 0.0001,
        cap: { per: "ever", max: 1 },
        schedule: { from: "2099-01-01" },
      }),
    ]);
    for (let i = 0; i < 2; i++) {
      const { slots } = (await look(running, body.token)).body;
      assert.equal(slots[0]!.rule, "a");
      assert.match(JSON.stringify(slots[0]!.nodes), /Hello from a/);
    }
  });

  it("takes the clock of whoever made it for the visitor's own, UTC where none was said, and no zone that there is not", async (t) => {
    const running = await runVitrine(t);
    const rules = [rule("a", { when: { "time.local.hour": 12 } })];
    const shownIn = async (hour: number, more: object) => {
      running.clock.now = Date.parse(`2026-11-23T${hour}:30:00Z`);
      const { body } = await make(running, rules, more);
      return (await look(running, body.token)).body.slots[0]!.rule;
    };
    assert.equal(await shownIn(12, {}), "a");
    assert.equal(await shownIn(12, { timeZone: "Europe/Berlin" }), null);
    assert.equal(await shownIn(11, { timeZone: "Europe/Berlin" }), "a");
    const { status, body } = await make(running, rules, { timeZone: "Europe/Atlantis" });
    assert.deepEqual([status, body.code], [400, "bad_request"]);
  });

  it("leaves no trace: no event, no draft, no publication", async (t) => {
    const running = await runVitrine(t);
    const before = await asAdmin<{ draft: unknown; published: { version: number } }>(
      running,
      "GET",
      "/rules",
    );
    const { body } = await make(running, [rule("a")]);
    await look(running, body.token);
    const after = await asAdmin<typeof before.body>(running, "GET", "/rules");
    assert.deepEqual([after.body.draft, after.body.published.version], [null, before.body.published.version]);
    const events = await asAdmin<{ items: unknown[] }>(running, "GET", "/events");
    assert.deepEqual(events.body.items, []);
  });

  it("ends after ten minutes, and is opened by its own token alone", async (t) => {
    const running = await runVitrine(t);
    const { body } = await make(running, [rule("a")]);
    assert.equal(body.expiresAt, NOW + 10 * MINUTE_MS);
    assert.equal((await look(running, `${body.token}x`)).status, 404);
    running.clock.now += 10 * MINUTE_MS - 1;
    assert.equal((await look(running, body.token)).status, 200);
    running.clock.now += 1;
    assert.equal((await look(running, body.token)).status, 404);
  });

  it("is for a new visitor, for somebody in particular, or for one whom the rule is for", async (t) => {
    const running = await runVitrine(t);
    const device = newDevice();
    await running.send([viewed(device, "w", 1)], { device: device.secret });
    running.vitrine.services.collector.rows.checkpoint(Infinity);
    const rules = [rule("a", { when: { "profile.lastViewed.product": { $exists: true } } })];
    const ruleFor = async (more: object) => {
      const { status, body } = await make(running, rules, more);
      return status === 200 ? (await look(running, body.token)).body.slots[0]!.rule : body.code;
    };
    assert.equal(await ruleFor({}), null);
    assert.equal(await ruleFor({ visitor: `anonymous:${device.id}` }), "a");
    assert.equal(await ruleFor({ visitor: "anonymous:nobody" }), "unknown_customer");
    assert.equal(await ruleFor({ meets: { rule: "a", path: "/" } }), "a");
    assert.equal(await ruleFor({ meets: { rule: "b", path: "/" } }), "nobody_meets");
  });

  it("looks as somebody in particular only for a key with the scope admin", async (t) => {
    const running = await runVitrine(t);
    const { body: key } = await asAdmin<{ text: string }>(running, "POST", "/keys", {
      kind: "secret",
      name: "desk",
      scopes: ["console"],
    });
    const desk = asKey(running, key.text);
    const content = { rules: [rule("a")] };
    const post = (body: object) => desk("POST", "/v1/admin/rules/preview", { content, ...body });
    assert.equal((await post({})).status, 200);
    assert.equal((await post({ visitor: "user:anna" })).status, 403);
    assert.equal((await post({ meets: { rule: "a", path: "/" } })).status, 403);
  });

  it("tells the page whom to tell what is picked: the console alone", async (t) => {
    const running = await runVitrine(t, { publicUrl: "https://vitrine.shop.example/base" });
    const { body } = await make(running, [rule("a")]);
    assert.equal((await look(running, body.token)).body.console, "https://vitrine.shop.example");
    const told = async (Origin: string) => {
      const content = { rules: [rule("a")] };
      const ask = asKey(running, running.secretKey);
      const made = await ask<{ token: string }>("POST", "/v1/admin/rules/preview", { content }, { Origin });
      return (await look(running, made.body.token)).body.console;
    };
    assert.equal(await told(running.url), running.url, "under another name of this server");
    assert.equal(await told("https://evil.example"), "https://vitrine.shop.example");
  });

  it("takes whatever a page says of itself", async (t) => {
    const running = await runVitrine(t);
    const { body } = await make(running, [rule("a")]);
    const odd = { path: 1, query: [1], language: {}, device: "x", placements: ["home", 7, null] };
    const { status, body: shown } = await look(running, body.token, odd);
    assert.equal(status, 200);
    assert.deepEqual(
      shown.slots.map(({ placement }) => placement),
      ["home"],
    );
  });
});
