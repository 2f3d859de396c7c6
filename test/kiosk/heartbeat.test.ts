// What a kiosk tells its shop, and does for it: each command once, whatever the network loses.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command, Health } from "../../kiosk/src/shell.ts";
import { createHeartbeat, type Held } from "../../kiosk/shell/src/shared/heartbeat.ts";

const HEALTH: Health & Held = { session: "idle", camera: "live", queue: 2, version: "1", rules: 7, fps: 60 };

/** A server that repeats a command until it hears that it is done. */
function createScene(waiting: { id: string; kind: string }[]) {
  const bodies: { done: string[] }[] = [];
  const carriedOut: Command[] = [];
  const network = { isUp: true };
  const heartbeat = createHeartbeat({
    post: async (text) => {
      if (!network.isUp) return { status: 0, body: undefined };
      const body = JSON.parse(text) as { done: string[] };
      bodies.push(body);
      for (const id of body.done) {
        const at = waiting.findIndex((command) => command.id === id);
        if (at >= 0) waiting.splice(at, 1);
      }
      return { status: 200, body: { commands: [...waiting] } };
    },
    health: () => HEALTH,
    machine: async () => ({ diskFree: 1, uptime: 2 }),
    carryOut: (command) => carriedOut.push(command),
  });
  return { heartbeat, bodies, carriedOut, network };
}

test("it tells of page and machine", async () => {
  const { heartbeat, bodies } = createScene([]);
  await heartbeat.send();
  assert.deepEqual(bodies, [{ ...HEALTH, diskFree: 1, uptime: 2, done: [] }]);
});

test("each command is carried out once, and reported in the next heartbeat", async () => {
  const { heartbeat, bodies, carriedOut, network } = createScene([
    { id: "c1", kind: "night" },
    { id: "c2", kind: "wipe" },
  ]);
  await heartbeat.send();
  network.isUp = false;
  await heartbeat.send();
  network.isUp = true;
  await heartbeat.send();
  await heartbeat.send();
  assert.deepEqual(carriedOut, ["night", "wipe"]);
  assert.deepEqual(
    bodies.map(({ done }) => done),
    [[], ["c1", "c2"], []],
  );
});

test("a restart is reported before it happens, so that it is not asked for again", async () => {
  const { heartbeat, bodies, carriedOut } = createScene([{ id: "c1", kind: "restart" }]);
  await heartbeat.send();
  assert.deepEqual(carriedOut, ["restart"]);
  assert.deepEqual(
    bodies.map(({ done }) => done),
    [[], ["c1"]],
  );
});

test("what this shell does not know stays undone", async () => {
  const { heartbeat, bodies, carriedOut } = createScene([{ id: "c1", kind: "explode" }]);
  await heartbeat.send();
  await heartbeat.send();
  assert.deepEqual(carriedOut, []);
  assert.deepEqual(bodies.at(-1)?.done, []);
});
