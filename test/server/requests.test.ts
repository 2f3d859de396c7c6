import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { StaffRequest } from "../../packages/server/src/requests/requests.ts";
import { asKey, newKey } from "./support/asKey.ts";
import { newKioskKey } from "./support/newKioskKey.ts";
import { openStream } from "./support/openStream.ts";
import { runVitrine } from "./support/runVitrine.ts";

type Request = Pick<StaffRequest, "id" | "state"> & { code?: string };

const SIZES = ["S", "M", "L"].map((size) => ({ size, sku: `C1-${size}` }));

async function withShop(t: TestContext) {
  const server = await runVitrine(t);
  const many = Array.from({ length: 20 }, (_, i) => ({ sku: `D${i}`, name: `Dress ${i}` }));
  const articles = [{ sku: "C1", name: "Wool coat", sizes: SIZES }, ...many];
  await asKey(server, newKey(server, "catalogue"))("PUT", "/v1/catalogue", { articles });
  const staff = asKey(server, newKey(server, "console"));
  const kiosk = asKey(server, newKioskKey(server));
  const ask = (sku: string, size: string, from = kiosk) =>
    from<Request>("POST", "/v1/kiosk/requests", { sku, size });
  const list = async () => (await staff<{ items: StaffRequest[] }>("GET", "/v1/admin/requests")).body.items;
  const answer = (id: string, state: string) =>
    staff<StaffRequest>("POST", `/v1/admin/requests/${id}/answer`, { state });
  return { server, staff, kiosk, ask, list, answer };
}

describe("a request to the staff", () => {
  it("is asked at a kiosk, answered in the console, and read at that kiosk alone", async (t) => {
    const { server, kiosk, ask, list, answer } = await withShop(t);
    const asked = await ask("C1-M", "M");
    assert.deepEqual([asked.status, asked.body.state], [201, "open"]);
    const [shown] = await list();
    assert.deepEqual(
      { ...shown, at: 0 },
      {
        id: asked.body.id,
        kiosk: "mirror",
        store: "berlin",
        sku: "C1",
        name: "Wool coat",
        image_url: null,
        size: "M",
        state: "open",
        at: 0,
      },
    );
    assert.equal((await answer(asked.body.id, "coming")).body.state, "coming");
    const path = `/v1/kiosk/requests/${asked.body.id}`;
    assert.equal((await kiosk<Request>("GET", path)).body.state, "coming");
    assert.equal((await asKey(server, newKioskKey(server))("GET", path)).status, 404, "another kiosk");
    assert.equal((await answer(asked.body.id, "open")).status, 400);
  });

  it("is one as long as it is open: for that kiosk, article and size", async (t) => {
    const { server, ask, list, answer } = await withShop(t);
    const first = (await ask("C1", "M")).body.id;
    const again = await Promise.all(Array.from({ length: 30 }, () => ask("C1", "M")));
    assert.deepEqual([...new Set(again.map(({ status, body }) => `${status} ${body.id}`))], [`200 ${first}`]);
    assert.notEqual((await ask("C1", "L")).body.id, first);
    assert.notEqual((await ask("C1", "M", asKey(server, newKioskKey(server)))).body.id, first);
    assert.equal((await list()).length, 3);
    await answer(first, "unavailable");
    assert.equal((await ask("C1", "M")).status, 201, "once it was answered, she may ask again");
  });

  it("is for what the shop has, and bounded", async (t) => {
    const { ask } = await withShop(t);
    assert.equal((await ask("C9", "M")).body.code, "unknown_article");
    assert.equal((await ask("C1", "XXL")).body.code, "unknown_size");
    assert.equal((await ask("C1", "")).status, 400);
    const all = [];
    for (let i = 0; i < 20; i++) all.push((await ask(`D${i}`, "one size")).status);
    assert.deepEqual([...new Set(all)], [201]);
    assert.equal((await ask("C1", "M")).status, 429);
  });

  it("is gone after an hour", async (t) => {
    const { server, kiosk, ask, list, answer } = await withShop(t);
    const { id } = (await ask("C1", "M")).body;
    server.clock.now += 3_599_000;
    assert.equal((await list()).length, 1);
    server.clock.now += 1_000;
    assert.deepEqual(await list(), []);
    assert.equal((await kiosk("GET", `/v1/kiosk/requests/${id}`)).status, 404);
    assert.equal((await answer(id, "coming")).status, 404);
    assert.equal((await ask("C1", "M")).status, 201);
  });

  it("is told to an open console at once, and when it opens", async (t) => {
    const { server, ask, answer } = await withShop(t);
    const waiting = (await ask("C1", "S")).body.id;
    const stream = await openStream(t, `${server.url}/v1/admin/stream`, {
      Authorization: `Bearer ${newKey(server, "console")}`,
    });
    const next = async () => {
      const { event, data } = await stream.next();
      return [event, (data as unknown as { open: number }).open];
    };
    assert.deepEqual(await next(), ["requests", 1]);
    await ask("C1", "M");
    assert.deepEqual(await next(), ["requests", 2]);
    await answer(waiting, "coming");
    assert.deepEqual(await next(), ["requests", 1]);
  });
});
