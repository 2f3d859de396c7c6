import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { SignJWT } from "jose";
import { canonicalFold } from "../../packages/core/src/index.ts";
import type { AuditEntry } from "../../packages/server/src/audit.ts";
import type { Accounting } from "../../packages/server/src/console/accounting.ts";
import type { Customer, CustomerRow } from "../../packages/server/src/console/customers.ts";
import type { LiveEvent } from "../../packages/server/src/console/liveEvents.ts";
import type { Overview } from "../../packages/server/src/console/overview.ts";
import type { KeyInfo } from "../../packages/server/src/keys.ts";
import { newDevice, NOW, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";
import { openStream } from "./support/openStream.ts";

const SECRET = "the shop's own secret of 32 bytes or more";

/** Answers of the console's endpoints, all in one: a test reads what its endpoint gives. */
type Answers = Omit<Customer, "accounting"> &
  Omit<Overview, "accounting"> &
  Accounting &
  Pick<KeyInfo, "id" | "text"> & {
    accounting: Accounting & Customer["accounting"];
    items: (CustomerRow & LiveEvent & KeyInfo & Omit<AuditEntry, "id">)[];
    next: string | null;
    yours: string;
    chain: { brokenAt: number | null };
    code: string;
  };

async function ask(
  running: Running,
  path: string,
  method: "GET" | "PUT" | "POST" | "DELETE" = "GET",
  body?: unknown,
): Promise<{ status: number; body: Answers }> {
  const headers = { Authorization: `Bearer ${running.secretKey}` };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${running.url}/v1/admin${path}`, { method, headers, ...sent });
  const text = await answer.text();
  return { status: answer.status, body: (text ? JSON.parse(text) : null) as Answers };
}

const minutesOf = async (running: Running): Promise<number[]> =>
  (await ask(running, "/overview")).body.perMinute;

async function identify(running: Running, device: Device, userId: string, isProven: boolean, seq: number) {
  const claims = { aud: "default", sub: userId, iat: NOW / 1000, exp: NOW / 1000 + 300, device: device.id };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(SECRET));
  const event = {
    type: "identify",
    messageId: `i-${device.id}`,
    anonymousId: device.id,
    userId,
    traits: { plan: "gold", email: "anna@example.com" },
    context: { writer: { id: `w-${device.id.slice(0, 8)}`, seq }, ...(isProven ? { proof: token } : {}) },
  };
  return running.send([event], { device: device.secret });
}

/** A shop with one known person on two devices, and one visitor who only claims to be her. */
async function withPeople(t: TestContext) {
  const running = await runVitrine(t, { proof: { alg: "HS256", secret: SECRET } });
  const [phone, laptop, stranger] = [newDevice(), newDevice(), newDevice()];
  await running.send([viewed(phone, "wp", 1), viewed(phone, "wp", 2)], { device: phone.secret });
  await running.send([viewed(laptop, "wl", 3)], { device: laptop.secret });
  await running.send([viewed(stranger, "ws", 4)], { device: stranger.secret });
  await identify(running, stranger, "anna", false, 5);
  await identify(running, phone, "anna", true, 6);
  await identify(running, laptop, "anna", true, 7);
  return { running, phone, laptop, stranger };
}

describe("customers", () => {
  it("are listed once each, by their newest event, over pages", async (t) => {
    const { running, stranger } = await withPeople(t);
    const all = (await ask(running, "/customers")).body;
    assert.deepEqual(
      all.items.map((one) => one.identity.id),
      ["anna", stranger.id],
    );
    assert.equal(all.items[0]!.known.length, 2);
    assert.equal(all.items[0]!.lastCategory, "Skirts");
    const first = (await ask(running, "/customers?limit=1")).body;
    const second = (await ask(running, `/customers?limit=1&after=${first.next}`)).body;
    assert.deepEqual([...first.items, ...second.items], all.items);
    const third =
      second.next === null ? [] : (await ask(running, `/customers?limit=1&after=${second.next}`)).body.items;
    assert.deepEqual(third, []);
  });

  it("are found by the beginning of an id, and by an address that is kept as a hash only", async (t) => {
    const { running, phone, stranger } = await withPeople(t);
    const mail = {
      type: "track",
      event: "Order Completed",
      messageId: "o9",
      userId: "kim@example.com",
      properties: { order_id: "9", products: [] },
    };
    await running.post("/v1/batch", { writeKey: running.secretKey, batch: [mail] });
    running.vitrine.services.collector.rows.checkpoint(Infinity);
    const find = async (query: string) =>
      (await ask(running, `/customers?query=${encodeURIComponent(query)}`)).body.items;
    assert.equal((await find(stranger.id.slice(0, 9)))[0]!.identity.id, stranger.id);
    assert.equal((await find("ann"))[0]!.identity.id, "anna");
    assert.equal((await find(phone.id))[0]!.identity.id, "anna", "a joined device leads to its person");
    const [kim] = await find("Kim@Example.com");
    assert.match(kim!.identity.id, /^h_/);
    assert.deepEqual(await find("nobody"), []);
    assert.deepEqual(await find("%"), []);
  });

  it("are read whole by any identity: joins, claims, fold, timeline", async (t) => {
    const { running, phone, laptop, stranger } = await withPeople(t);
    const byUser = (await ask(running, "/customers/user/anna")).body;
    const byPhone = (await ask(running, `/customers/anonymous/${phone.id}`)).body;
    assert.deepEqual(byPhone, byUser);
    assert.deepEqual(byUser.identities.map((one) => one.id).sort(), [phone.id, laptop.id, "anna"].sort());
    assert.equal(byUser.joins.length, 2);
    assert.deepEqual(byUser.claims, []);
    assert.equal(byUser.timeline.length, 5);
    const times = byUser.timeline.map((one) => one.time);
    assert.deepEqual(
      times,
      times.toSorted((a: number, b: number) => b - a),
    );
    assert.deepEqual(byUser.accounting.missing, 0);
    const claimer = (await ask(running, `/customers/anonymous/${stranger.id}`)).body;
    assert.deepEqual(
      claimer.claims.map((one) => [one.namespace, one.id]),
      [["user", "anna"]],
    );
    assert.deepEqual(claimer.identities, [{ namespace: "anonymous", id: stranger.id }]);
    assert.equal((await ask(running, "/customers/user/nobody")).status, 404);
  });

  it("never show an address or a proof", async (t) => {
    const { running } = await withPeople(t);
    for (const path of ["/customers/user/anna", "/customers", "/events", "/audit"]) {
      const text = JSON.stringify((await ask(running, path)).body);
      assert.doesNotMatch(text, /anna@example\.com|eyJ/, path);
    }
  });

  it("are taken apart by undoing a join, and the log says who did it", async (t) => {
    const { running, laptop } = await withPeople(t);
    const before = (await ask(running, "/customers/user/anna")).body;
    const join = before.joins.find((one) => one.a.id === laptop.id || one.b.id === laptop.id)!;
    assert.equal((await ask(running, `/joins/${join.id}/undo`, "POST")).status, 200);
    const apart = (await ask(running, `/customers/anonymous/${laptop.id}`)).body;
    assert.deepEqual(apart.identities, [{ namespace: "anonymous", id: laptop.id }]);
    const own = running.vitrine.services.collector.rows.read("default", `anonymous:${laptop.id}`)!.fold;
    assert.equal(canonicalFold(apart.fold), canonicalFold(own));
    assert.equal((await ask(running, "/customers/user/anna")).body.identities.length, 2);
    assert.equal((await ask(running, `/joins/${join.id}/undo`, "POST")).status, 404);
    assert.equal((await ask(running, "/joins/x/undo", "POST")).status, 404);
    assert.equal((await ask(running, "/audit")).body.items[0]!.action, "join.undo");
  });
});

describe("live events", () => {
  it("are listed newest first, over pages, with traits by name only", async (t) => {
    const { running } = await withPeople(t);
    const all = (await ask(running, "/events?limit=200")).body.items;
    assert.equal(all.length, 7);
    const cursors = all.map((one) => Number(one.cursor));
    assert.deepEqual(
      cursors,
      cursors.toSorted((a: number, b: number) => b - a),
    );
    assert.deepEqual(all[0]!.event.traits, { plan: "…" });
    const pages: LiveEvent[] = [];
    for (let after: string | null = ""; after !== null;) {
      const page: Answers = (await ask(running, `/events?limit=2${after && `&after=${after}`}`)).body;
      pages.push(...page.items);
      after = page.next;
    }
    assert.deepEqual(pages, all);
  });

  it("stream as they become durable, and a returning console is told what it missed", async (t) => {
    const { running, stranger } = await withPeople(t);
    const headers = { Authorization: `Bearer ${running.secretKey}` };
    const stream = await openStream(t, `${running.url}/v1/admin/stream`, headers);
    await running.send([viewed(stranger, "ws", 8), viewed(stranger, "ws", 9)], { device: stranger.secret });
    const first = await stream.next();
    assert.equal(first.event, "event");
    assert.equal((first.data as unknown as LiveEvent).event.messageId, "ws-8");
    const second = await stream.next();
    assert.equal((second.data as unknown as LiveEvent).event.messageId, "ws-9");
    stream.close();
    await running.send([viewed(stranger, "ws", 10)], { device: stranger.secret });
    const again = await openStream(t, `${running.url}/v1/admin/stream`, {
      ...headers,
      "Last-Event-ID": first.id,
    });
    assert.equal((await again.next()).id, second.id, "the same event has the same cursor from the log");
    assert.equal(((await again.next()).data as unknown as LiveEvent).event.messageId, "ws-10");
    await ask(running, "/rules/draft", "PUT", { rules: [] });
    await ask(running, "/rules/publish", "POST");
    const told = await again.next().catch(() => undefined);
    assert.deepEqual([told?.event, told?.data], ["rules", { version: 2 }]);
  });

  it("cost the collector nothing while no console is open", async (t) => {
    const running = await runVitrine(t);
    const { hub } = running.vitrine.services;
    assert.equal(hub.has("event"), false);
    const stream = await openStream(t, `${running.url}/v1/admin/stream`, {
      Authorization: `Bearer ${running.secretKey}`,
    });
    assert.equal(hub.has("event"), true);
    stream.close();
    const device = newDevice();
    for (let i = 1; hub.has("event") && i < 1_000; i++)
      await running.send([viewed(device, "w", i)], { device: device.secret });
    assert.equal(hub.has("event"), false);
  });
});

describe("the overview", () => {
  it("accounts for every event that was sent", async (t) => {
    const { running, stranger } = await withPeople(t);
    await running.send([viewed(stranger, "ws", 4), { type: "nonsense" }], { device: stranger.secret });
    await running.send([], { device: stranger.secret, finished: [{ id: "ws", last: 6 }] });
    const { body } = await ask(running, "/accounting");
    assert.deepEqual(body, {
      created: 13,
      accounted: 8,
      accepted: 7,
      rejected: 1,
      queued: 0,
      dropped: 0,
      gaps: 5,
      unsettled: 0,
      duplicate: 1,
      rejections: { unknown_type: 1 },
      drops: {},
    });
    const overview = (await ask(running, "/overview")).body;
    assert.deepEqual(overview.accounting, body);
    assert.equal(overview.perMinute.length, 60);
    assert.equal(overview.perMinute[59], 7);
    assert.match(overview.scriptTag, new RegExp(`data-site="${running.siteKey}"`));
  });

  it("counts minutes once, also after a restart, and forgets those that are over an hour old", async (t) => {
    const { running, stranger } = await withPeople(t);
    assert.equal((await minutesOf(running)).at(-1), 7);
    running.clock.now = NOW + 3 * 60_000;
    await running.send([viewed(stranger, "ws", 20)], { device: stranger.secret });
    assert.deepEqual((await minutesOf(running)).slice(-4), [7, 0, 0, 1]);
    assert.deepEqual((await minutesOf(running)).slice(-4), [7, 0, 0, 1]);
    const restarted = await running.restart();
    assert.deepEqual((await minutesOf(restarted)).slice(-4), [7, 0, 0, 1]);
    restarted.clock.now = NOW + 62 * 60_000;
    assert.deepEqual(
      (await minutesOf(restarted)).filter((n) => n > 0),
      [1],
    );
  });
});

describe("keys", () => {
  it("are made with scopes, shown once, and revoked at once", async (t) => {
    const running = await runVitrine(t);
    const made = await ask(running, "/keys", "POST", { name: "till Berlin", scopes: ["write"] });
    assert.equal(made.status, 201);
    assert.match(made.body.text!, /^vk_/);
    const listed = (await ask(running, "/keys")).body;
    const row = listed.items.find((one) => one.id === made.body.id)!;
    assert.deepEqual([row.name, row.scopes, row.text], ["till Berlin", ["write"], undefined]);
    const event = {
      type: "track",
      event: "Order Completed",
      messageId: "o1",
      userId: "u1",
      properties: { order_id: "1" },
    };
    const send = () => running.post("/v1/batch", { writeKey: made.body.text, batch: [event] });
    assert.equal((await send()).status, 200);
    assert.equal((await ask(running, `/keys/${made.body.id}`, "DELETE")).status, 204);
    assert.equal((await send()).status, 401);
    assert.equal((await ask(running, `/keys/${made.body.id}`, "DELETE")).status, 404);
    assert.deepEqual(
      (await ask(running, "/audit")).body.items.slice(0, 2).map((one) => one.action),
      ["key.revoke", "key.create"],
    );
  });

  it("cannot lock the merchant out: not one's own, not the last site key", async (t) => {
    const running = await runVitrine(t);
    const { items, yours } = (await ask(running, "/keys")).body;
    assert.equal((await ask(running, `/keys/${yours}`, "DELETE")).body.code, "own_key");
    const site = items.find((one) => one.kind === "site")!;
    assert.equal((await ask(running, `/keys/${site.id}`, "DELETE")).body.code, "last_site_key");
    await ask(running, "/keys", "POST", { kind: "site", name: "new site key" });
    assert.equal((await ask(running, `/keys/${site.id}`, "DELETE")).status, 204);
  });

  it("are refused without a name or a known scope", async (t) => {
    const running = await runVitrine(t);
    for (const wrong of [
      {},
      { name: "x" },
      { name: "x", scopes: [] },
      { name: "x", scopes: ["everything"] },
      { name: "", scopes: ["write"] },
      { name: "x", kind: "odd" },
    ]) {
      assert.equal((await ask(running, "/keys", "POST", wrong)).status, 400, JSON.stringify(wrong));
    }
  });
});

describe("the audit log", () => {
  it("says when somebody changed it behind the server's back", async (t) => {
    const running = await runVitrine(t);
    await ask(running, "/keys", "POST", { name: "a", scopes: ["read"] });
    assert.deepEqual((await ask(running, "/audit")).body.chain, { brokenAt: null });
    running.vitrine.services.database.raw.exec("UPDATE audit SET details = '{}' WHERE audit_id = 2");
    assert.deepEqual((await ask(running, "/audit")).body.chain, { brokenAt: 2 });
  });
});
