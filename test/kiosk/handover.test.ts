import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ClipStore } from "../../kiosk/src/clips/clipStore.ts";
import { openLook, openManifest } from "../../kiosk/src/clips/handOff.ts";
import { createSeal, type Bytes } from "../../kiosk/src/clips/seal.ts";
import { sealEnd } from "../../kiosk/src/clips/sealedClip.ts";
import type { Look } from "../../kiosk/src/looks/look.ts";
import { sealLooks } from "../../kiosk/src/looks/sealLooks.ts";
import type { LookDetails } from "../../kiosk/src/looks/lookDetails.ts";
import { handOver, type Handover } from "../../kiosk/src/server/handover.ts";
import type { Server } from "../../kiosk/src/server/server.ts";

const FILM = new TextEncoder().encode("a film");

/** A recorded look, and the store that has its chunks. */
async function recorded(): Promise<{ look: Look; store: ClipStore }> {
  const seal = await createSeal();
  const chunks = [await seal.sealChunk({ index: 0, last: false }, FILM), await sealEnd(seal, 1)];
  const store = { read: () => Promise.resolve(chunks) } as Partial<ClipStore> as ClipStore;
  const clip = { seal, mimeType: "video/webm" };
  const article = { sku: "c1", size: "M", sizeSku: "c1-m", name: "Wool coat", picture: "/kept/c1.png" };
  return { look: { id: "l1", clip, turn: {} as Look["turn"], article }, store };
}

/** Answers as the server does; `states` are those that it gives one after the other, 404 when it has no more. */
function serverWith(states: string[]) {
  const parts: Bytes[] = [];
  const asked: string[] = [];
  const server: Server = {
    ask: (method, path, body) => {
      asked.push(`${method} ${path}`);
      if (method === "PUT") {
        parts.push(body as Bytes);
        return Promise.resolve({ status: 204, body: {} });
      }
      if (method === "POST")
        return Promise.resolve({ status: 201, body: { id: "h1", url: "https://shop.example/take/t" } });
      const state = states.shift();
      return Promise.resolve(state ? { status: 200, body: { state } } : { status: 404, body: {} });
    },
  };
  return { server, parts, asked };
}

/** Runs it to a state, letting mocked time pass. */
async function until(t: TestContext, told: Handover[], state: Handover["state"]): Promise<void> {
  while (!told.some((handover) => handover.state === state)) {
    await new Promise(setImmediate);
    t.mock.timers.tick(500);
  }
}

describe("handing looks over", () => {
  const start = async (t: TestContext, states: string[]) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { look, store } = await recorded();
    const stage = serverWith(states);
    const told: Handover[] = [];
    const stop = handOver(stage.server, sealLooks(store, [look]), (handover) => told.push(handover));
    return { ...stage, told, stop };
  };

  it("gives the code, and takes it away once a phone has come", async (t) => {
    const { told, parts } = await start(t, ["waiting", "waiting", "taken"]);
    await until(t, told, "taken");
    const ready = told.find((handover) => handover.state === "ready");
    const [manifest, film] = parts;
    const [handed] = await openManifest<LookDetails>(manifest!, ready!.url.split("#")[1]!);
    // Node has no encoder: the film goes as it was recorded.
    assert.equal(handed!.mimeType, "video/webm");
    const { article, ...others } = handed!.details;
    assert.deepEqual(article, { sku: "c1", name: "Wool coat", size: "M" }, "what a phone shows of a garment");
    assert.deepEqual(Object.keys(others), ["turn"]);
    assert.equal(await (await openLook(film!, handed!)).text(), "a film");
    assert.deepEqual(told.at(-1), { state: "taken" });
  });

  it("takes a hand-off that is gone before its time for taken: the phone shredded it", async (t) => {
    const { told } = await start(t, []);
    await until(t, told, "taken");
  });

  it("says when nobody came in its time", async (t) => {
    let now = 0;
    t.mock.method(performance, "now", () => (now += 10 * 60_000));
    const { told } = await start(
      t,
      Array.from({ length: 3 }, () => "waiting"),
    );
    await until(t, told, "expired");
    assert.ok(!told.some(({ state }) => state === "taken"));
  });

  it("says nothing more, and asks no more, once it was stopped", async (t) => {
    const { told, asked, stop } = await start(t, ["waiting", "taken"]);
    await until(t, told, "ready");
    stop();
    const before = asked.length;
    for (let at = 0; at < 40; at++) {
      await new Promise(setImmediate);
      t.mock.timers.tick(500);
    }
    assert.ok(asked.length - before <= 1);
    assert.equal(told.at(-1)!.state, "ready");
  });
});
