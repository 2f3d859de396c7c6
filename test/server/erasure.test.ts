import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { emptyFold } from "@vitrine/core";
import { asKey } from "./support/asKey.ts";
import { newDevice, NOW, runVitrine, type Device, type Running } from "./support/runVitrine.ts";

const DAY_MS = 86_400_000;

/** Columns that name an identity, in whatever table. */
const NAMING = ["identity", "claimed", "a", "b"];

/** One page load in which everything is told that is kept of a person. */
const told = (device: Device, at = NOW - 60_000): object[] =>
  [
    { type: "track", event: "Product Viewed", properties: { product_id: "coat" } },
    {
      type: "track",
      event: "Content Shown",
      properties: { placement: "home", rule: "hello", variant: "on", version: 1 },
    },
    { type: "track", event: "Survey Answered", properties: { survey_id: "ease", score: 9 } },
    { type: "identify", userId: "claimed", traits: { email: "anna@example.com" } },
  ].map((event, i) => ({
    ...event,
    messageId: `${device.id}-${i}`,
    anonymousId: device.id,
    timestamp: new Date(at).toISOString(),
    context: {
      writer: { id: device.id.slice(2, 20), seq: i + 1 },
      consent: ["analytics", "personalization", "marketing"],
    },
  }));

/** The shop's server says whose device it is, and what she bought. */
const bought = (device: Device, userId: string): object => ({
  type: "track",
  event: "Order Completed",
  messageId: `order-${userId}`,
  anonymousId: device.id,
  userId,
  timestamp: new Date(NOW - 60_000).toISOString(),
  properties: { order_id: userId, total: 10, currency: "EUR", products: [] },
});

async function meet(running: Running, userId: string): Promise<Device> {
  const device = newDevice();
  const answers = [
    ...(await running.send(told(device), { device: device.secret })),
    ...(await running.send([bought(device, userId)], { writeKey: running.secretKey })),
  ];
  for (const { status, reason } of answers) assert.equal(status, "accepted", reason);
  return device;
}

/** Tables that can name an identity, and the rows of each that name one of these. */
function naming({ vitrine }: Running, identities: readonly string[]): Map<string, object[]> {
  const { sql } = vitrine.services.database;
  const tables = sql("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const found = new Map<string, object[]>();
  for (const { name } of tables) {
    const columns = sql(`PRAGMA table_info(${name as string})`)
      .all()
      .map((column) => column["name"] as string)
      .filter((column) => NAMING.includes(column));
    if (columns.length === 0) continue;
    const where = columns.map((column) => `${column} IN (SELECT value FROM json_each(?1))`).join(" OR ");
    const select = sql(`SELECT * FROM ${name as string} WHERE ${where}`);
    found.set(name as string, select.all(JSON.stringify(identities)));
  }
  return found;
}

describe("erasing a person", () => {
  it("forgets what every table knows of every identity, and nothing of anybody else", async (t) => {
    let running = await runVitrine(t);
    const anna = await meet(running, "anna");
    const bea = await meet(running, "bea");
    running = await running.restart(); // rows are saved behind
    const hers = [`anonymous:${anna.id}`, "user:anna"];
    for (const [table, rows] of naming(running, hers)) assert.ok(rows.length > 0, `${table} knew of her`);
    const others = naming(running, [`anonymous:${bea.id}`, "user:bea"]);

    const admin = asKey(running, running.secretKey);
    const { status, body } = await admin("DELETE", "/v1/admin/customers/user/anna");
    assert.deepEqual([status, body], [200, { identities: 2 }]);

    const left = naming(running, hers);
    const [rest, ...more] = left.get("profiles") as { identity: string; fold: string }[];
    assert.deepEqual([rest!.identity, JSON.parse(rest!.fold), more], [hers[0], emptyFold(), []]);
    left.delete("profiles");
    for (const [table, rows] of left) assert.deepEqual(rows, [], `${table} forgot her`);
    assert.deepEqual(naming(running, [`anonymous:${bea.id}`, "user:bea"]), others);
    const [entry] = running.vitrine.services.audit.list("default");
    assert.deepEqual([entry!.action, entry!.details], ["customer.erase", { identities: 2 }]);
    for (const identity of ["user/anna", `anonymous/${anna.id}`])
      assert.equal((await admin("GET", `/v1/admin/customers/${identity}`)).status, 404);
    assert.equal((await admin("DELETE", "/v1/admin/customers/user/anna")).status, 404);
  });

  it("reaches her device, and no repeat of what was under way brings it back, over a restart too", async (t) => {
    let running = await runVitrine(t);
    const anna = await meet(running, "anna");
    const before = await running.profile(anna);
    assert.equal(await running.vitrine.services.collector.erase("default", "user:anna", "test"), 2);
    for (const restart of [false, true]) {
      if (restart) running = await running.restart();
      const after = await running.profile(anna);
      assert.ok(after.revision > before.revision, "or the device would keep what it has");
      assert.deepEqual(after.fold, emptyFold());
      const answers = await running.send(told(anna), { device: anna.secret });
      assert.deepEqual([...new Set(answers.map((answer) => answer.status))], ["duplicate"]);
    }
    const next = { type: "track", event: "Product Viewed", messageId: "next", anonymousId: anna.id };
    const context = { writer: { id: "later", seq: 1 } };
    await running.send([{ ...next, properties: { product_id: "hat" }, context }], { device: anna.secret });
    const { fold } = await running.profile(anna);
    assert.match(JSON.stringify(fold), /hat/);
    assert.doesNotMatch(JSON.stringify(fold), /coat/);
  });

  it("that fails leaves all as it was, what was not saved yet included", async (t) => {
    let running = await runVitrine(t);
    const anna = await meet(running, "anna");
    const before = await running.profile(anna);
    const { collector } = running.vitrine.services;
    const failing = collector.queue.run(() => {
      collector.rows.erase("default", `anonymous:${anna.id}`);
      throw new Error("no");
    });
    await assert.rejects(failing, /no/);
    assert.deepEqual((await running.profile(anna)).fold, before.fold);
    running = await running.restart();
    assert.deepEqual((await running.profile(anna)).fold, before.fold);
  });

  it("takes a key that may do everything", async (t) => {
    const running = await runVitrine(t);
    await meet(running, "anna");
    const { keys } = running.vitrine.services;
    const { text } = keys.create({ siteId: "default", kind: "secret", name: "staff", scopes: ["console"] });
    assert.equal((await asKey(running, text)("DELETE", "/v1/admin/customers/user/anna")).status, 403);
  });
});

describe("the horizon of the log", () => {
  it("holds for exposures and survey answers too", async (t) => {
    t.mock.timers.enable({ apis: ["setInterval"] });
    const running = await runVitrine(t, { logDays: 30 });
    const old = newDevice();
    const young = newDevice();
    await running.send(told(old), { device: old.secret });
    running.clock.now += 20 * DAY_MS;
    await running.send(told(young, running.clock.now), { device: young.secret });
    running.clock.now += 20 * DAY_MS;
    t.mock.timers.tick(3_600_000);
    const rows = (device: Device) => {
      const found = naming(running, [`anonymous:${device.id}`]);
      return ["exposures", "survey_answers"].map((table) => found.get(table)!.length);
    };
    assert.deepEqual(rows(old), [0, 0]);
    assert.deepEqual(rows(young), [1, 1]);
  });
});
