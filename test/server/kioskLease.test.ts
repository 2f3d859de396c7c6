import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { NOW, newDevice, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";
import { asAdmin, asPhone, ask, enrolKiosk, HEARTBEAT, type TestKiosk, type Told } from "./support/kiosks.ts";

const confirm = (running: Running, code: string, phone: Device, scope: unknown = ["profile", "looks"]) =>
  asPhone(running, "pairings/confirm", { code, device: phone.secret, scope });

interface Stage {
  running: Running;
  kiosk: TestKiosk;
  phone: Device;
}

async function setStage(t: TestContext): Promise<Stage> {
  const running = await runVitrine(t, { mirrorPage: "https://shop.example/mirror" });
  return { running, kiosk: await enrolKiosk(running), phone: newDevice() };
}

/** Pairs, and gives the lease's id. */
async function pair({ running, kiosk, phone }: Stage, scope?: unknown): Promise<string> {
  const { code } = await kiosk.show();
  const { status, body } = await confirm(running, code, phone, scope);
  assert.equal(status, 201);
  return body.lease;
}

const stateOf = async (kiosk: TestKiosk, lease: string): Promise<string> =>
  (await kiosk.call("GET", `/leases/${lease}`)).body.state;

const reopen = ({ running, phone }: Stage, lease: string): Promise<Told> =>
  asPhone(running, "leases/reopen", { lease, device: phone.secret });

describe("pairing", () => {
  it("goes by a code of 128 bits in the fragment of the shop's own page, and a tap on the phone", async (t) => {
    const { running, kiosk, phone } = await setStage(t);
    const shown = (await kiosk.call("POST", "/pairings")).body;
    assert.match(shown.url, /^https:\/\/shop\.example\/mirror#[\w-]{22}$/);
    assert.equal(shown.expiresAt, NOW + 60_000);
    const code = new URL(shown.url).hash.slice(1);
    const read = await asPhone(running, "pairings/read", { code });
    assert.deepEqual(read.body.kiosk, { name: "Mirror 1", store: "berlin" });
    const path = `/pairings/${shown.id}`;
    assert.deepEqual((await kiosk.call("GET", path)).body, { state: "waiting" });
    const confirmed = await confirm(running, code, phone, ["looks"]);
    assert.equal(confirmed.status, 201);
    assert.deepEqual(confirmed.body.scope, ["looks"]);
    assert.equal((await kiosk.call("GET", path)).body.state, "confirmed");
    const { id, ...lease } = (await kiosk.leaseOf(shown.id))!;
    assert.equal(id, confirmed.body.lease);
    assert.deepEqual(lease, {
      scope: ["looks"],
      state: "open",
      until: NOW + 600_000,
      left: 600_000,
      extensionsLeft: 10,
    });
  });

  it("is refused without a device, with an unknown scope, and from a page of another origin", async (t) => {
    const running = await runVitrine(t, { origins: ["https://shop.example"] });
    const kiosk = await enrolKiosk(running);
    const { code } = await kiosk.show();
    const phone = newDevice();
    for (const scope of [undefined, "looks", [], ["profile"], ["looks", "camera"], ["looks", 1]])
      assert.equal((await confirm(running, code, phone, scope ?? null)).status, 400, JSON.stringify(scope));
    for (const device of [undefined, phone.id, "short"]) {
      const { body } = await asPhone(running, "pairings/confirm", { code, device, scope: ["looks"] });
      assert.equal(body.code, "malformed_device");
    }
    const foreign = await ask(`${running.url}/v1/pairings/confirm`, "POST", {
      body: { code, device: phone.secret, scope: ["looks"] },
      headers: { Origin: "https://elsewhere.example" },
    });
    assert.equal(foreign.body.code, "origin_not_allowed");
    assert.equal((await confirm(running, code, phone, ["looks"])).status, 201, "none of it spent the code");
  });

  it("expires on both sides after a minute, and with a restart of the server", async (t) => {
    const { running, kiosk, phone } = await setStage(t);
    const { id, code } = await kiosk.show();
    running.clock.now += 60_000;
    assert.equal((await asPhone(running, "pairings/read", { code })).status, 404);
    assert.equal((await confirm(running, code, phone)).body.code, "unknown_code");
    assert.deepEqual((await kiosk.call("GET", `/pairings/${id}`)).body, { state: "expired" });
    const later = await kiosk.show();
    const again = await running.restart();
    assert.equal((await confirm(again, later.code, phone)).status, 404);
  });

  it("leaves the code before the newest ones for those who are still aiming, and forgets older ones", async (t) => {
    const { running, kiosk } = await setStage(t);
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) codes.push((await kiosk.show()).code);
    const works = await Promise.all(
      codes.map(async (code) => (await asPhone(running, "pairings/read", { code })).status === 200),
    );
    assert.deepEqual(works, [false, false, true, true, true, true]);
  });
});

describe("a lease", () => {
  it("locks, is reopened by its phone alone, is extended ten times, and ends", async (t) => {
    const stage = await setStage(t);
    const { running, kiosk } = stage;
    const lease = await pair(stage);
    const at = (path: string) => kiosk.call("POST", `/leases/${lease}/${path}`);
    assert.equal((await at("lock")).body.state, "locked");
    assert.equal((await at("extend")).body.code, "no_extension", "a locked lease is not extended");
    const stranger = { ...stage, phone: newDevice() };
    assert.equal((await reopen(stranger, lease)).status, 404);
    assert.equal(await stateOf(kiosk, lease), "locked");
    running.clock.now += 599_999;
    assert.equal((await reopen(stage, lease)).body.state, "open");
    assert.equal((await kiosk.call("GET", `/leases/${lease}`)).body.until, running.clock.now + 600_000);
    for (let left = 9; left >= 0; left--) {
      running.clock.now += 590_000;
      assert.equal((await at("extend")).body.extensionsLeft, left);
    }
    assert.equal((await at("extend")).status, 409);
    assert.equal((await at("end")).body.state, "ended");
    assert.equal((await reopen(stage, lease)).status, 404);
    assert.equal((await at("lock")).body.state, "ended", "what has ended stays so");
  });

  // Regression: it ended ten minutes after the pairing, whatever she did meanwhile.
  it("stays open while she does something, for an hour after her word, ten times", async (t) => {
    const stage = await setStage(t);
    const { running, kiosk } = stage;
    const lease = await pair(stage);
    const post = async (path: string) => (await kiosk.call("POST", `/leases/${lease}/${path}`)).body;
    const minute = 60_000;
    for (let word = 0; word <= 10; word++) {
      const hour = running.clock.now + 60 * minute;
      for (let at = 0; at < 6; at++) {
        running.clock.now += 9 * minute;
        const { state, left, until } = await post("touch");
        assert.equal(state, "open");
        assert.equal(until, Math.min(running.clock.now + 10 * minute, hour));
        assert.equal(left, until - running.clock.now);
      }
      if (word < 10) assert.equal((await post("extend")).left, 10 * minute);
    }
    assert.equal((await kiosk.call("POST", `/leases/${lease}/extend`)).status, 409);
    running.clock.now += 6 * minute;
    assert.equal((await post("touch")).state, "ended", "and no touch brings it back");
    const locked = await pair(stage);
    await kiosk.call("POST", `/leases/${locked}/lock`);
    running.clock.now += minute;
    const told = (await kiosk.call("POST", `/leases/${locked}/touch`)).body;
    assert.deepEqual([told.state, told.left], ["locked", 9 * minute], "a touch is not her phone");
  });

  it("ends by itself: ten minutes open, ten minutes locked", async (t) => {
    const stage = await setStage(t);
    const open = await pair(stage);
    stage.running.clock.now += 600_000;
    assert.equal(await stateOf(stage.kiosk, open), "ended");
    const locked = await pair(stage);
    await stage.kiosk.call("POST", `/leases/${locked}/lock`);
    stage.running.clock.now += 600_000;
    assert.equal((await reopen(stage, locked)).status, 404);
    assert.equal(await stateOf(stage.kiosk, locked), "ended");
  });

  it("ends with whatever ends it: the phone, the next pairing, an idle kiosk, a wipe, a revocation", async (t) => {
    const stage = await setStage(t);
    const { running, kiosk, phone } = stage;
    const ways: Record<string, (lease: string) => Promise<unknown>> = {
      phone: (lease) => asPhone(running, "leases/end", { lease, device: phone.secret }),
      "next pairing": () => pair({ ...stage, phone: newDevice() }),
      "idle kiosk": () => {
        running.clock.now += 30_000;
        return kiosk.call("POST", "/heartbeat", HEARTBEAT);
      },
      wipe: () => asAdmin(running, "POST", `/kiosks/${kiosk.id}/commands`, { kind: "wipe" }),
    };
    for (const [name, end] of Object.entries(ways)) {
      const lease = await pair(stage);
      assert.equal(await stateOf(kiosk, lease), "open");
      await end(lease);
      assert.equal(await stateOf(kiosk, lease), "ended", name);
      assert.equal((await reopen(stage, lease)).status, 404, name);
    }
    const lease = await pair(stage);
    await asAdmin(running, "POST", `/kiosks/${kiosk.id}/revoke`, {});
    assert.equal((await asPhone(running, "leases/read", { lease, device: phone.secret })).status, 404);
  });

  it("is not taken from a kiosk that has not yet seen that it was confirmed", async (t) => {
    const stage = await setStage(t);
    const lease = await pair(stage);
    stage.running.clock.now += 29_999;
    await stage.kiosk.call("POST", "/heartbeat", HEARTBEAT);
    assert.equal(await stateOf(stage.kiosk, lease), "open");
    stage.running.clock.now += 60_000;
    await stage.kiosk.call("POST", "/heartbeat", { ...HEARTBEAT, session: "locked" });
    assert.equal(await stateOf(stage.kiosk, lease), "open");
  });

  it("is one to a phone: at the next mirror the first one ends", async (t) => {
    const stage = await setStage(t);
    const second = await enrolKiosk(stage.running, "Mirror 2");
    const first = await pair(stage);
    await pair({ ...stage, kiosk: second });
    assert.equal(await stateOf(stage.kiosk, first), "ended");
  });

  // Regression: a lock whose answer was lost came again, and locked what her phone had opened meanwhile.
  it("is locked once by a lock that comes again, or late, and by the next one anew", async (t) => {
    const stage = await setStage(t);
    const lease = await pair(stage);
    const lock = async (body?: object) =>
      (await stage.kiosk.call("POST", `/leases/${lease}/lock`, body)).body.state;
    assert.equal(await lock({ era: 1 }), "locked");
    await reopen(stage, lease);
    assert.equal(await lock({ era: 1 }), "open", "her phone has the last word");
    assert.equal(await lock({ era: 3 }), "locked");
    await reopen(stage, lease);
    assert.equal(await lock({ era: 1 }), "open");
    assert.equal(await lock(), "locked", "by a kiosk that does not count");
    assert.equal(await lock({ era: 5 }), "locked");
    await reopen(stage, lease);
    assert.equal(await lock({ era: 5 }), "open", "one that found it locked was heard, too");
    for (const era of [0, -1, 1.5, "1", null]) {
      const { status, body } = await stage.kiosk.call("POST", `/leases/${lease}/lock`, { era });
      assert.deepEqual([status, body.code], [400, "bad_request"]);
    }
  });

  it("ends with a restart of the server, on both sides", async (t) => {
    const stage = await setStage(t);
    const lease = await pair(stage);
    const again = await stage.running.restart();
    const read = await ask(`${again.url}/v1/kiosk/leases/${lease}`, "GET", { key: stage.kiosk.key });
    assert.deepEqual([read.body.state, read.body.unknown], ["ended", true]);
    assert.equal((await reopen({ ...stage, running: again }, lease)).status, 404);
  });

  it("is no other kiosk's to read or to change, and neither is its pairing", async (t) => {
    const stage = await setStage(t);
    const other = await enrolKiosk(stage.running, "Mirror 2");
    const shown = await stage.kiosk.show();
    const lease = (await confirm(stage.running, shown.code, stage.phone)).body.lease;
    assert.deepEqual((await other.call("GET", `/pairings/${shown.id}`)).body, { state: "expired" });
    stage.running.clock.now += 30_000;
    await other.call("POST", "/heartbeat", HEARTBEAT);
    for (const path of ["/lock", "/touch", "/extend", "/end", ""]) {
      const { status, body } = await other.call(path ? "POST" : "GET", `/leases/${lease}${path}`);
      assert.equal(status, 200);
      const unknown = {
        id: lease,
        scope: [],
        state: "ended",
        until: stage.running.clock.now,
        left: 0,
        extensionsLeft: 0,
        unknown: true,
      };
      assert.deepEqual(body, unknown, "to it there is none");
    }
    assert.equal(await stateOf(stage.kiosk, lease), "open");
  });
});

describe("what a lease tells the kiosk", () => {
  /** A shopper with a cart, a size, traits, a search and a list. */
  async function withShopper(t: TestContext): Promise<Stage> {
    const stage = await setStage(t);
    const { running, phone } = stage;
    const event = (seq: number, name: string, properties: object) =>
      viewed(phone, "w", seq, { event: name, properties });
    const skirt = { product_id: "p1", name: "Skirt", size: "M", size_system: "INT", size_group: "bottoms" };
    const results = await running.send(
      [
        viewed(phone, "w", 1),
        event(2, "Product Added", { ...skirt, cart_quantity: 2 }),
        event(3, "Order Completed", { order_id: "CANARY-ORDER", products: [skirt] }),
        event(4, "Products Searched", { query: "CANARY search" }),
        event(5, "Product Added to Wishlist", {
          ...skirt,
          wishlist_name: "CANARY list",
          note: "CANARY note",
        }),
        viewed(phone, "w", 6, {
          type: "identify",
          traits: { plan: "CANARY plan", email: "canary@example.com" },
        }),
      ],
      { device: phone.secret },
    );
    assert.ok(results.every(({ status }) => status === "accepted"));
    return stage;
  }

  it("is sizes, recently seen and cart, while it is open and the scope has the profile", async (t) => {
    const stage = await withShopper(t);
    const { kiosk } = stage;
    const lease = await pair(stage);
    const { profile } = (await kiosk.call("GET", `/leases/${lease}`)).body;
    assert.equal(profile!.recent[0]!.id, "p1");
    assert.equal(profile!.sizes[0]!.label, "M");
    assert.equal(profile!.lastViewed.category?.name, "Skirts");
    const text = JSON.stringify(profile);
    assert.doesNotMatch(text, /canary/i, "no trait, contact, search, list or order");
    assert.ok(!text.includes(stage.phone.id), "nothing names the phone");
    const locked = (await kiosk.call("POST", `/leases/${lease}/lock`)).body;
    assert.equal(locked.profile, undefined);
    assert.equal((await kiosk.call("GET", `/leases/${lease}`)).body.profile, undefined);
    await reopen(stage, lease);
    assert.ok((await kiosk.call("GET", `/leases/${lease}`)).body.profile);
    assert.equal((await kiosk.call("POST", `/leases/${lease}/end`)).body.profile, undefined);
  });

  it("is nothing of her where she chose looks alone, or refused personalization", async (t) => {
    const stage = await withShopper(t);
    const looks = await pair(stage, ["looks"]);
    assert.equal((await stage.kiosk.call("GET", `/leases/${looks}`)).body.profile, undefined);
    const refusal = viewed(stage.phone, "w", 7, {
      event: "Consent Updated",
      properties: { purposes: { personalization: "denied" } },
      timestamp: new Date(NOW).toISOString(),
    });
    await stage.running.send([refusal], { device: stage.phone.secret });
    const lease = await pair(stage);
    assert.equal((await stage.kiosk.call("GET", `/leases/${lease}`)).body.profile, undefined);
  });

  it("joins nothing: the phone's person is who she was, and there is no identity of the kiosk", async (t) => {
    const stage = await withShopper(t);
    const before = await stage.running.profile(stage.phone);
    const lease = await pair(stage);
    await stage.kiosk.call("POST", "/heartbeat", { ...HEARTBEAT, session: "open" });
    await stage.kiosk.call("POST", `/leases/${lease}/end`);
    const after = await stage.running.profile(stage.phone);
    assert.deepEqual(after.identities, before.identities);
    assert.equal(after.revision, before.revision);
  });
});
