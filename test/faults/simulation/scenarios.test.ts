// What the simulation found once and no real browser can be brought to on demand.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { createVitrine } from "../../../packages/browser/src/index.ts";
import { installPage } from "./support/fakePage.ts";
import { createWorld } from "./support/world.ts";

describe("on a simulated computer", () => {
  before(installPage);

  it("a refusal empties the store though the disk has no room for its record", async () => {
    const world = createWorld({ seed: 1, maxBytes: 0, steps: [] }, createVitrine);
    const { database, network, machine } = world;
    network.weather = "down";
    const tab = world.open();
    world.ask(tab, { name: "Canary" });
    await machine.pass(1000);
    assert.equal(database.rows("outbox").length, 1);
    database.faults.isFull = true;
    world.deny(tab);
    await machine.pass(1000);
    assert.deepEqual(database.rows("outbox"), []);
  });
});
