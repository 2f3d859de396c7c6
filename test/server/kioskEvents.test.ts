// What a mirror kept sealed: opened, checked, attributed, and taken once, like any other event.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it, type TestContext } from "node:test";
import {
  profileView,
  type EventResult,
  type SealedEvent,
  type TryOnEvent,
  type TryOnReport,
} from "../../packages/core/src/index.ts";
import type { Accounting } from "../../packages/server/src/console/accounting.ts";
import { sealEvent } from "../../kiosk/shell/src/shared/outbox/sealEvent.ts";
import { asAdmin, asPhone, ask, enrolKiosk, type TestKiosk } from "./support/kiosks.ts";
import { NOW, newDevice, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";

const SESSION = "8d0c0a9e-5c1d-4000-8000-000000000001";
const WRITER = "AAAAAAAAAAAAAAAAAAAAAA";

interface Stage {
  running: Running;
  kiosk: TestKiosk;
  /** Seals what happened at the mirror. */
  seal(seq: number, event: TryOnEvent, more?: Partial<TryOnReport>): Promise<SealedEvent>;
  post(events: unknown[], more?: object): Promise<EventResult[]>;
}

async function setStage(t: TestContext): Promise<Stage> {
  const running = await runVitrine(t);
  const kiosk = await enrolKiosk(running);
  return stageOf(running, kiosk);
}

function stageOf(running: Running, kiosk: TestKiosk): Stage {
  const at = (seq: number) => ({ at: 1000 + seq, origin: NOW - 60_000 });
  return {
    running,
    kiosk,
    seal(seq, event, more = {}) {
      const clock = at(seq);
      const report = { event, session: SESSION, timestamp: clock.origin + clock.at, clock, ...more };
      const messageId = `m-${seq}`;
      return sealEvent(report, { messageId, writer: { id: WRITER, seq }, eventKey: kiosk.eventKey });
    },
    async post(events, more = {}) {
      const body = {
        sentAt: new Date(running.clock.now).toISOString(),
        clock: { writer: WRITER, at: 60_000 + running.clock.now - NOW },
        events,
        ...more,
      };
      const headers = { Authorization: `Bearer ${kiosk.key}` };
      const answer = await running.post("/v1/kiosk/events", body, headers);
      assert.equal(answer.status, 200, await answer.clone().text());
      return ((await answer.json()) as { results: EventResult[] }).results;
    },
  };
}

/** A phone that lends the mirror its profile, and the word that the kiosk gets for it. */
async function lend({ running, kiosk }: Stage, phone: Device, scope = ["profile", "looks"]) {
  const { id, code } = await kiosk.show();
  await asPhone(running, "pairings/confirm", { code, device: phone.secret, scope });
  const lease = (await kiosk.leaseOf(id)) as unknown as { id: string; attribution?: string };
  return { lease: lease.id, attribution: lease.attribution! };
}

/** The consent that her own SDK told the shop. */
const says = (phone: Device, writer: string, word: "granted" | "denied"): object =>
  viewed(phone, writer, 1, {
    event: "Consent Updated",
    properties: { purposes: { analytics: word, personalization: word } },
    context: {
      writer: { id: writer, seq: 1 },
      consent: word === "granted" ? ["analytics", "personalization"] : [],
    },
  });

const statuses = (results: EventResult[]) => results.map(({ status, reason }) => reason ?? status);

const accounting = async (running: Running): Promise<Accounting> =>
  (await asAdmin(running, "GET", "/accounting")).body as unknown as Accounting;

interface Kept {
  identity: { namespace: string; id: string };
  time: number;
  event: { event: string; properties: Record<string, unknown>; context: Record<string, unknown> };
}

/** All events that the server keeps, oldest first. */
const kept = async (running: Running): Promise<Kept[]> => {
  const { items } = (await asAdmin(running, "GET", "/events?limit=200")).body;
  return (items as Kept[]).toReversed();
};

const LOOK: TryOnEvent = { name: "Look Recorded", look: 1 };

describe("a kiosk's sealed events", () => {
  it("are opened and kept as events of the shop, told to nobody's profile where none is lent", async (t) => {
    const stage = await setStage(t);
    const { running, seal, post } = stage;
    const sealed = [await seal(1, { name: "Mirror Session Started" }), await seal(2, LOOK)];
    assert.ok(!JSON.stringify(sealed).includes("Look"));
    assert.deepEqual(await post(sealed), [
      { messageId: "m-1", status: "accepted" },
      { messageId: "m-2", status: "accepted" },
    ]);
    const [first, second] = await kept(running);
    assert.deepEqual([first!.event.event, second!.event.event], ["Mirror Session Started", "Look Recorded"]);
    assert.deepEqual(second!.identity, { namespace: "anonymous", id: `m_${SESSION}` });
    assert.equal(second!.time, NOW - 60_000 + 1002);
    const { channel, store, writer, consent } = second!.event.context;
    assert.deepEqual(
      { channel, store, writer, consent },
      { channel: "store", store: { id: "berlin" }, writer: { id: WRITER, seq: 2 }, consent: ["analytics"] },
    );
  });

  it("are hers while she lends her profile: a day late, after a restart, once", async (t) => {
    const stage = await setStage(t);
    const phone = newDevice();
    await stage.running.send([says(phone, "phone", "granted")], { device: phone.secret });
    const articles = [{ sku: "B8", name: "Blouse", brand: "Ours", sizes: [{ size: "M", sku: "B8-M" }] }];
    const asShop = { key: stage.running.secretKey, body: { articles } };
    assert.equal((await ask(`${stage.running.url}/v1/catalogue`, "PUT", asShop)).status, 200);
    const { lease, attribution } = await lend(stage, phone);
    assert.ok(!Buffer.from(attribution, "base64url").includes(phone.id), "the kiosk cannot read whose it is");
    const tried = await stage.seal(1, { name: "Product Tried On", sku: "B8-M" }, { attribution });
    const look = await stage.seal(2, LOOK, { attribution });
    await stage.kiosk.call("POST", `/leases/${lease}/end`);
    assert.deepEqual(statuses(await stage.post([look])), ["accepted"]);

    const running = await stage.running.restart();
    running.clock.now += 24 * 3_600_000;
    const later = stageOf(running, stage.kiosk);
    assert.deepEqual(statuses(await later.post([tried, look])), ["accepted", "duplicate"]);
    const { tryOns, counters } = profileView((await running.profile(phone)).fold, running.clock.now);
    const [tryOn] = tryOns;
    assert.deepEqual([tryOn!.product.id, tryOn!.product.name, tryOn!.product.size], ["B8", "Blouse", "M"]);
    assert.equal(counters["Look Recorded"]!.total, 1);
    const account = await accounting(running);
    assert.deepEqual([account.gaps, account.duplicate, account.created], [0, 1, account.accounted]);
  });

  it("are nobody's by a word for another kiosk, by an altered one, and once she has refused", async (t) => {
    const stage = await setStage(t);
    const other = stageOf(stage.running, await enrolKiosk(stage.running, "Mirror 2"));
    const phone = newDevice();
    await stage.running.send([says(phone, "phone", "granted")], { device: phone.secret });
    const { attribution: foreign } = await lend(other, phone);
    const { attribution } = await lend(stage, phone);
    const altered = `${attribution.slice(0, -2)}${attribution.endsWith("AA") ? "BB" : "AA"}`;
    const looksOnly = await lend(stage, newDevice(), ["looks"]);
    assert.equal(looksOnly.attribution, undefined);
    await stage.post([
      await stage.seal(1, LOOK, { attribution: foreign }),
      await stage.seal(2, LOOK, { attribution: altered }),
    ]);
    await stage.running.send([says(phone, "phone2", "denied")], { device: phone.secret });
    await stage.post([await stage.seal(3, LOOK, { attribution })]);
    const looks = (await kept(stage.running)).filter(({ event }) => event.event === "Look Recorded");
    assert.deepEqual(
      looks.map(({ identity }) => identity.id),
      Array.from({ length: 3 }, () => `m_${SESSION}`),
    );
  });

  it("that are altered, sealed to another key, or no try-on event are refused by name, and the rest is taken", async (t) => {
    const { running, kiosk, seal, post } = await setStage(t);
    const good = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((seq) => seal(seq, LOOK)));
    const flip = (text: string, at: number) =>
      text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
    const stranger = await enrolKiosk(await runVitrine(t));
    const report = { event: LOOK, session: SESSION, timestamp: NOW, clock: { at: 1, origin: NOW } };
    const order = { ...report, event: { name: "Order Completed", order_id: "1" } as unknown as TryOnEvent };
    const named = (seq: number) => ({ messageId: `m-${seq}`, writer: { id: WRITER, seq } });
    const results = await post([
      good[0],
      { ...good[1]!, sealed: flip(good[1]!.sealed, 140) },
      { ...good[2]!, messageId: "m-other" },
      { ...good[3]!, writer: { id: WRITER, seq: 40 } },
      await sealEvent(report, { ...named(5), eventKey: stranger.eventKey }),
      await sealEvent(order, { ...named(6), eventKey: kiosk.eventKey }),
      { messageId: "torn" },
      good[6],
    ]);
    const by = Object.fromEntries(
      results.map(({ messageId, status, reason }) => [messageId, reason ?? status]),
    );
    assert.deepEqual(by, {
      "m-1": "accepted",
      "m-2": "broken_seal",
      "m-other": "broken_seal",
      "m-4": "broken_seal",
      "m-5": "unknown_kid",
      "m-6": "malformed",
      torn: "malformed",
      "m-7": "accepted",
    });
    assert.equal((await kept(running)).length, 2);
  });

  it("have an account: what was dropped is known by reason, what never came is a gap", async (t) => {
    const { running, seal, post } = await setStage(t);
    await post([await seal(1, LOOK), await seal(2, LOOK), await seal(6, LOOK)], {
      queued: 1,
      dropped: [{ writer: WRITER, seqs: [3, 3], reason: "damaged" }, { writer: 7 }, null],
    });
    const before = await accounting(running);
    assert.deepEqual([before.accepted, before.drops, before.queued], [3, { damaged: 1 }, 1]);
    assert.equal(before.unsettled, 1, "one of 4 and 5 is on the kiosk");
    const dropped = [{ writer: WRITER, seqs: [3, 3], reason: "damaged" }];
    await post([await seal(4, LOOK)], { queued: 0, dropped, finished: [{ id: WRITER, last: 7 }] });
    const after = await accounting(running);
    assert.deepEqual([after.accepted, after.drops, after.queued, after.gaps], [4, { damaged: 1 }, 0, 2]);
    assert.deepEqual(await post([], { finished: [{ id: WRITER, last: 7 }] }), []);
  });

  it("come again and again without effect, whatever the batches", async (t) => {
    const { running, seal, post } = await setStage(t);
    const sealed = await Promise.all(Array.from({ length: 20 }, (_, at) => seal(at + 1, LOOK)));
    const random = randomBytes(60);
    for (let i = 0; i < 30; i++) {
      const [from, to] = [random[2 * i]! % 20, random[2 * i + 1]! % 21].toSorted((a, b) => a - b) as [
        number,
        number,
      ];
      await post(sealed.slice(from, to));
    }
    await post(sealed);
    assert.equal((await kept(running)).length, 20);
    const { accepted, gaps, unsettled } = await accounting(running);
    assert.deepEqual([accepted, gaps, unsettled], [20, 0, 0]);
  });

  it("bound a request, and leave phones, pages and other keys outside", async (t) => {
    const { running, kiosk, seal } = await setStage(t);
    const of = (body: unknown, key: string) => ask(`${running.url}/v1/kiosk/events`, "POST", { body, key });
    const event = await seal(1, LOOK);
    assert.equal((await of({ events: Array.from({ length: 201 }, () => event) }, kiosk.key)).status, 413);
    assert.equal((await of({}, kiosk.key)).status, 400);
    assert.equal((await of({ events: [event] }, running.siteKey)).status, 401);
    assert.equal((await of({ events: [event] }, running.secretKey)).status, 403);
    assert.equal((await kept(running)).length, 0);
  });
});
