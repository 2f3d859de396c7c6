import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { KioskRow } from "../../packages/server/src/kiosk/routes/adminKiosks.ts";
import { NOW, runVitrine, type Running } from "./support/runVitrine.ts";
import { asAdmin, ask, enrolKiosk, HEARTBEAT } from "./support/kiosks.ts";

const list = async (running: Running): Promise<KioskRow[]> =>
  (await asAdmin(running, "GET", "/kiosks")).body.items as KioskRow[];

const enrol = (running: Running, code: unknown) =>
  ask(`${running.url}/v1/kiosk/enrol`, "POST", { body: { code } });

describe("enrolment", () => {
  it("turns a code, typed carelessly, into a key of the kiosk alone", async (t) => {
    const running = await runVitrine(t, { mirrorPage: "https://shop.example/mirror" });
    const made = await asAdmin(running, "POST", "/kiosks", { name: "Fitting room 2", store: "berlin" });
    assert.equal(made.status, 201);
    assert.match(made.body.code, /^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    assert.equal(made.body.expiresAt, NOW + 600_000);
    assert.equal((await list(running))[0]!.state, "waiting");
    const { status, body } = await enrol(running, ` ${made.body.code.toLowerCase().replaceAll("-", " ")}`);
    assert.equal(status, 201);
    const { key, kioskId, ...rest } = body as unknown as Record<string, string>;
    assert.deepEqual(rest, {
      name: "Fitting room 2",
      store: "berlin",
      site: running.siteKey,
      rulesKey: running.vitrine.site.rulesKey,
      eventKey: running.vitrine.services.secrets.eventKey.publicPoint,
      shopUrl: "https://shop.example",
    });
    assert.deepEqual(running.vitrine.services.keys.check(key!)?.scopes, ["kiosk"]);
    const [row] = await list(running);
    assert.deepEqual([row!.id, row!.state, row!.heartbeat], [kioskId, "enrolled", null]);
    const audit = (await asAdmin(running, "GET", "/audit")).body.items as { action: string }[];
    assert.deepEqual(
      audit.slice(0, 2).map(({ action }) => action),
      ["kiosk.enrol", "kiosk.create"],
    );
    assert.ok(!JSON.stringify(audit).includes(made.body.code), "the code is in no log");
  });

  it("works once, for ten minutes, and only with the newest code", async (t) => {
    const running = await runVitrine(t);
    const first = (await asAdmin(running, "POST", "/kiosks", { name: "A", store: "s" })).body;
    const second = (await asAdmin(running, "POST", `/kiosks/${first.kiosk.id}/codes`, {})).body;
    assert.equal((await enrol(running, first.code)).status, 401, "an earlier code");
    assert.equal((await enrol(running, second.code)).status, 201);
    assert.equal((await enrol(running, second.code)).status, 401, "a used code");
    const third = (await asAdmin(running, "POST", `/kiosks/${first.kiosk.id}/codes`, {})).body;
    running.clock.now += 600_000;
    assert.equal((await enrol(running, third.code)).body.code, "unknown_code", "an old code");
    for (const wrong of [undefined, 7, "", {}, "x".repeat(10_000)]) {
      running.clock.now += 2_000;
      assert.equal((await enrol(running, wrong)).status, 401);
    }
  });

  it("of another machine takes the key from the one before, and its commands", async (t) => {
    const running = await runVitrine(t);
    const old = await enrolKiosk(running);
    await asAdmin(running, "POST", `/kiosks/${old.id}/commands`, { kind: "restart" });
    const { code } = (await asAdmin(running, "POST", `/kiosks/${old.id}/codes`, {})).body;
    assert.equal((await old.call("POST", "/heartbeat", HEARTBEAT)).status, 200, "until the code is used");
    const { key } = (await enrol(running, code)).body as unknown as { key: string };
    assert.equal((await old.call("POST", "/heartbeat", HEARTBEAT)).status, 401);
    const beat = await ask(`${running.url}/v1/kiosk/heartbeat`, "POST", { key, body: HEARTBEAT });
    assert.deepEqual(beat.body.commands, []);
  });

  it("is not to be guessed: attempts from one address are bounded", async (t) => {
    const running = await runVitrine(t);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await enrol(running, "2222-2222-2222")).status);
    assert.equal(statuses[0], 401);
    assert.equal(statuses.at(-1), 429);
    assert.ok(statuses.filter((status) => status === 401).length <= 5);
    running.clock.now += 2_000;
    assert.equal((await enrol(running, "2222-2222-2222")).status, 401, "and come back slowly");
  });
});

describe("a revoked kiosk", () => {
  it("is refused at once, also after a restart, and loses what it had of a shopper", async (t) => {
    const running = await runVitrine(t);
    const kiosk = await enrolKiosk(running);
    const { code } = await kiosk.show();
    assert.equal((await asAdmin(running, "POST", `/kiosks/${kiosk.id}/revoke`, {})).status, 204);
    assert.equal((await kiosk.call("POST", "/heartbeat", HEARTBEAT)).status, 401);
    assert.equal((await kiosk.call("POST", "/pairings")).status, 401);
    assert.equal((await ask(`${running.url}/v1/pairings/read`, "POST", { body: { code } })).status, 404);
    assert.equal((await list(running))[0]!.state, "revoked");
    assert.equal((await asAdmin(running, "POST", `/kiosks/${kiosk.id}/revoke`, {})).status, 409);
    const again = await running.restart();
    const beat = { key: kiosk.key, body: HEARTBEAT };
    assert.equal((await ask(`${again.url}/v1/kiosk/heartbeat`, "POST", beat)).status, 401);
  });

  it("may also have been revoked among the keys, and can be enrolled anew or removed", async (t) => {
    const running = await runVitrine(t);
    const kiosk = await enrolKiosk(running);
    const keyId = running.vitrine.services.keys.check(kiosk.key)!.keyId;
    assert.equal((await asAdmin(running, "DELETE", `/keys/${keyId}`)).status, 204);
    assert.equal((await list(running))[0]!.state, "revoked");
    const { code } = (await asAdmin(running, "POST", `/kiosks/${kiosk.id}/codes`, {})).body;
    assert.equal((await enrol(running, code)).status, 201);
    assert.equal((await list(running))[0]!.state, "enrolled");
    assert.equal((await asAdmin(running, "DELETE", `/kiosks/${kiosk.id}`)).status, 204);
    assert.deepEqual(await list(running), []);
    assert.equal((await asAdmin(running, "DELETE", `/kiosks/${kiosk.id}`)).status, 404);
  });
});

describe("a kiosk's heartbeat", () => {
  it("is kept as one row, and is all that is known of its state", async (t) => {
    const running = await runVitrine(t);
    const kiosk = await enrolKiosk(running);
    await kiosk.call("POST", "/heartbeat", HEARTBEAT);
    running.clock.now += 30_000;
    const full = { ...HEARTBEAT, session: "open", queue: 3, diskFree: 5e9, uptime: 60, fps: 29.5 };
    assert.equal((await kiosk.call("POST", "/heartbeat", full)).status, 200);
    await kiosk.call("GET", "/leases/none");
    const [row] = await list(await running.restart());
    assert.equal(row!.heartbeatAt, NOW + 30_000);
    assert.deepEqual(row!.heartbeat, full);
  });

  it("is refused with a word on what is wrong", async (t) => {
    const running = await runVitrine(t);
    const kiosk = await enrolKiosk(running);
    for (const [wrong, word] of [
      [[], "JSON object"],
      [{ ...HEARTBEAT, session: "busy" }, "session"],
      [{ ...HEARTBEAT, camera: "x".repeat(41) }, "camera"],
      [{ ...HEARTBEAT, version: 1 }, "version"],
      [{ ...HEARTBEAT, queue: -1 }, "queue"],
      [{ ...HEARTBEAT, done: "c" }, "done"],
    ] as const) {
      const { status, body } = await kiosk.call("POST", "/heartbeat", wrong);
      assert.equal(status, 400);
      assert.ok(body.detail.includes(word), `${body.detail} names ${word}`);
    }
    assert.equal((await list(running))[0]!.heartbeat, null);
  });

  it("brings commands until they are reported done, over a restart too", async (t) => {
    const running = await runVitrine(t);
    const kiosk = await enrolKiosk(running);
    const tell = (kind: string) => asAdmin(running, "POST", `/kiosks/${kiosk.id}/commands`, { kind });
    assert.equal((await tell("reload")).status, 201);
    assert.equal((await tell("reload")).status, 201, "twice is once");
    assert.equal((await tell("night")).status, 201);
    assert.equal((await tell("day")).status, 201, "takes the night back");
    assert.equal((await tell("screenshot")).status, 400);
    const beat = async (on: Running, done: string[] = []) =>
      (await ask(`${on.url}/v1/kiosk/heartbeat`, "POST", { key: kiosk.key, body: { ...HEARTBEAT, done } }))
        .body.commands;
    const waiting = await beat(running);
    assert.deepEqual(
      waiting.map(({ kind }) => kind),
      ["reload", "day"],
    );
    const again = await running.restart();
    assert.deepEqual(await beat(again), waiting);
    const other = await enrolKiosk(again, "Mirror 2");
    await other.call("POST", "/heartbeat", { ...HEARTBEAT, done: [waiting[1]!.id] });
    assert.deepEqual(await beat(again, [waiting[0]!.id, "unknown"]), [waiting[1]]);
    assert.deepEqual(await beat(again, [waiting[1]!.id]), []);
  });

  it("cannot be commanded where nothing listens", async (t) => {
    const running = await runVitrine(t);
    const { kiosk } = (await asAdmin(running, "POST", "/kiosks", { name: "A", store: "s" })).body;
    const told = await asAdmin(running, "POST", `/kiosks/${kiosk.id}/commands`, { kind: "reload" });
    assert.equal(told.body.code, "not_enrolled");
    assert.equal((await asAdmin(running, "POST", "/kiosks/none/commands", { kind: "reload" })).status, 404);
  });
});
