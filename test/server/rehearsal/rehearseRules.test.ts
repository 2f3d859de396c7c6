import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bucketPlace, inNamespace } from "@vitrine/core";
import type { Rehearsal } from "../../../packages/server/src/rehearsal/rehearseRules.ts";
import { asAdmin } from "../support/kiosks.ts";
import { newDevice, NOW, runVitrine, type Device, type Running } from "../support/runVitrine.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

let loaded = 0;

/** Page loads of one device: each of its own writer, `ago` ms before now. */
async function visits(
  running: Running,
  loads: { ago: number; category?: string; path?: string; consent?: string[]; timezone?: string }[],
  device: Device = newDevice(),
): Promise<Device> {
  const batch = loads.map(({ ago, category = "Coats", path = "/", consent, timezone }, i) => ({
    type: "track",
    event: "Product Viewed",
    messageId: `${device.id}-${ago}-${i}`,
    anonymousId: device.id,
    timestamp: new Date(NOW - ago).toISOString(),
    properties: { product_id: `p${i}`, category, url: "/p" },
    context: {
      writer: { id: `w${++loaded}`, seq: 1 },
      page: { path },
      ...(consent && { consent }),
      ...(timezone && { timezone }),
    },
  }));
  const results = await running.send(batch, { device: device.secret });
  assert.ok(
    results.every(({ status }) => status === "accepted"),
    JSON.stringify(results),
  );
  return device;
}

async function rehearse(running: Running, rules: object[], days = 30, more = ""): Promise<Rehearsal> {
  const { status, body } = await asAdmin(running, "POST", `/rules/rehearse?days=${days}${more}`, { rules });
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as Rehearsal;
}

const COATS = {
  id: "coats",
  placement: "home-hero",
  when: { "profile.lastViewed.category.id": "Coats", "session.isNew": true },
  action: { type: "continueCategory", title: { en: "Still looking for {category}?" } },
};

const TEXT = { type: "message", text: { en: "Hello" } };

/** A server whose rows are saved: those of the last seconds are on disk only after it was closed. */
async function saved(running: Running): Promise<Running> {
  return running.restart();
}

describe("a rehearsal of rules", () => {
  it("tells who would have seen a rule, by what was known at each page load", async (t) => {
    let running = await runVitrine(t);
    // Comes back a day later, within half an hour once more: seen once. The other never comes back.
    await visits(running, [{ ago: 2 * DAY_MS }, { ago: DAY_MS }, { ago: DAY_MS - 5 * MINUTE_MS }]);
    await visits(running, [{ ago: DAY_MS }]);
    await visits(running, [
      { ago: 2 * DAY_MS, category: "Skirts" },
      { ago: DAY_MS, category: "Skirts" },
    ]);
    running = await saved(running);
    const { people, isSample, rules } = await rehearse(running, [COATS]);
    assert.deepEqual([people, isSample], [3, false]);
    assert.deepEqual(rules, [
      {
        rule: "coats",
        people: 1,
        times: 1,
        control: 0,
        outside: 0,
        beaten: {},
        because: "Because you looked at Coats last time.",
        untold: [],
      },
    ]);
  });

  it("says of a rule which facts it asks for that no visit tells", async (t) => {
    let running = await runVitrine(t);
    await visits(running, [{ ago: DAY_MS }]);
    running = await saved(running);
    const told = async (when: object) => {
      const { rules } = await rehearse(running, [{ id: "a", placement: "home", when, action: TEXT }]);
      return [rules[0]!.people, rules[0]!.untold];
    };
    assert.deepEqual(await told({ "geo.country": "DE" }), [0, ["geo"]]);
    assert.deepEqual(await told({ $not: { "device.width": { $lt: 768 } }, "geo.region": { $ne: "DE-BY" } }), [
      1,
      ["device", "geo"],
    ]);
    assert.deepEqual(await told({ "page.path": "/" }), [1, []]);
  });

  it("goes by the time of each page load: in a zone, and by the visitor's own clock as far as it is known", async (t) => {
    let running = await runVitrine(t);
    const hourAgo = new Date(NOW - 60 * MINUTE_MS).getUTCHours();
    await visits(running, [{ ago: 60 * MINUTE_MS }]);
    await visits(running, [{ ago: 60 * MINUTE_MS, timezone: "Etc/GMT-3" }]);
    await visits(running, [{ ago: 60 * MINUTE_MS, timezone: "Mars/Olympus" }]);
    running = await saved(running);
    const asking = (id: string, when: object) => ({
      ...COATS,
      id,
      placement: id,
      purposes: [],
      when,
      action: TEXT,
    });
    const rules = [
      asking("utc", { "time.UTC.hour": hourAgo }),
      asking("now", { "time.UTC.hour": hourAgo + 1 }),
      asking("zone", { "time.Etc/GMT-1.hour": (hourAgo + 1) % 24 }),
      asking("local", { "time.local.hour": hourAgo }),
      asking("local-in-2", { "time.local.hour": (hourAgo + 2) % 24 }),
      asking("local-in-3", { "time.local.hour": (hourAgo + 3) % 24 }),
    ];
    const seenBy = async (more: string) =>
      (await rehearse(running, rules, 30, more)).rules.map(({ people }) => people);
    assert.deepEqual(await seenBy(""), [3, 0, 3, 2, 0, 1]);
    assert.deepEqual(await seenBy("&timeZone=Etc/GMT-2"), [3, 0, 3, 0, 2, 1]);
    const wrong = await asAdmin(running, "POST", "/rules/rehearse?timeZone=Mars/Olympus", { rules });
    assert.deepEqual([wrong.status, wrong.body["code"]], [400, "bad_request"]);
  });

  it("knows what was before its days, but tells only of these", async (t) => {
    let running = await runVitrine(t);
    await visits(running, [{ ago: 20 * DAY_MS }, { ago: 18 * DAY_MS }, { ago: DAY_MS }]);
    running = await saved(running);
    assert.equal((await rehearse(running, [COATS], 7)).rules[0]!.times, 1);
    assert.equal((await rehearse(running, [COATS], 30)).rules[0]!.times, 2);
  });

  it("counts caps, control groups, and rules that stand before others", async (t) => {
    let running = await runVitrine(t);
    const days = [5, 4, 3, 2].map((n) => ({ ago: n * DAY_MS }));
    for (let i = 0; i < 20; i++) await visits(running, days);
    running = await saved(running);
    const message = (id: string, more: object) => ({
      id,
      placement: "home-hero",
      action: { type: "message", text: { en: id } },
      ...more,
    });
    const { rules } = await rehearse(running, [
      message("first", { priority: 9, cap: { per: "ever", max: 1 } }),
      message("split", {
        priority: 5,
        experiment: { key: "split", variants: ["control", "on"], weights: [0.5, 0.5] },
      }),
      message("last", { schedule: { from: "2030-01-01" } }),
    ]);
    const [first, split, last] = rules;
    assert.deepEqual([first!.people, first!.times], [20, 20]);
    assert.equal(split!.people + split!.control, 20);
    assert.ok(split!.people > 0 && split!.control > 0);
    assert.deepEqual(last!.beaten, { first: 20, split: 20 });
    assert.equal(last!.people, 0);
  });

  it("shows a rule to its ramp alone, and the rule behind it to those outside", async (t) => {
    let running = await runVitrine(t);
    const devices: Device[] = [];
    for (let i = 0; i < 20; i++) devices.push(await visits(running, [{ ago: 2 * DAY_MS }, { ago: DAY_MS }]));
    running = await saved(running);
    const message = (id: string, more: object) => ({
      id,
      placement: "home-hero",
      action: { type: "message", text: { en: id } },
      ...more,
    });
    const places = devices.map(({ id }) => bucketPlace("first:ramp", id)).sort((a, b) => a - b);
    // Two at one place would both be in: half of them, or a few more.
    const ramp = places[9]! + 0.0001;
    const inside = places.filter((place) => place < ramp).length;
    const { rules } = await rehearse(running, [
      message("first", { priority: 9, ramp }),
      message("never", { priority: 8, ramp: 0.5, when: { "profile.orderCount": 9 } }),
      message("behind", {}),
    ]);
    assert.deepEqual(
      rules.map(({ people, times, control, outside, beaten }) => [people, times, control, outside, beaten]),
      [
        [inside, 2 * inside, 0, 20 - inside, {}],
        [0, 0, 0, 0, { first: inside }],
        [20 - inside, 2 * (20 - inside), 0, 0, { first: inside }],
      ],
    );
  });

  it("leaves a rule's group to others, and what rules really showed out of its caps", async (t) => {
    let running = await runVitrine(t);
    const device = await visits(running, [{ ago: 2 * DAY_MS }, { ago: DAY_MS }]);
    const seen = {
      type: "track",
      event: "Content Shown",
      messageId: "seen",
      anonymousId: device.id,
      timestamp: new Date(NOW - 3 * DAY_MS).toISOString(),
      properties: { placement: "home-hero", rule: "a" },
    };
    assert.equal((await running.send([seen], { device: device.secret }))[0]!.status, "accepted");
    running = await saved(running);
    const isFirst = inNamespace(device.id, ["g", 0, 0.5]);
    const half = (id: string, from: number) => ({
      id,
      placement: `of-${id}`,
      exclusive: { group: "g", from, to: from + 0.5 },
      cap: { per: "ever", max: 1 },
      action: TEXT,
    });
    const { rules } = await rehearse(running, [half("a", isFirst ? 0 : 0.5), half("b", isFirst ? 0.5 : 0)]);
    assert.deepEqual(
      rules.map(({ times, outside }) => [times, outside]),
      [
        [1, 0],
        [0, 1],
      ],
    );
  });

  it("shows nothing that was not allowed", async (t) => {
    let running = await runVitrine(t);
    const consent = ["analytics"];
    await visits(running, [
      { ago: 2 * DAY_MS, consent },
      { ago: DAY_MS, consent },
    ]);
    running = await saved(running);
    assert.equal((await rehearse(running, [COATS])).rules[0]!.people, 0);
  });
});
