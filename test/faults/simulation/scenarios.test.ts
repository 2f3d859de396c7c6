// What the simulation found once and no real browser can be brought to on demand.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { createVitrine } from "../../../packages/browser/src/index.ts";
import { installPage } from "./support/fakePage.ts";
import { createWorld } from "./support/world.ts";

const worldOf = (seed: number) => createWorld({ seed, maxBytes: 0, steps: [] }, createVitrine);

/** Enough orders of events to meet the one that matters. */
const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);

describe("on a simulated computer", () => {
  before(installPage);

  it("a refusal empties the store though the disk has no room for its record", async () => {
    const world = worldOf(1);
    const { database, network, machine } = world;
    network.weather = "down";
    const tab = world.open();
    world.ask(tab, { name: "Canary" });
    await machine.pass(60_000);
    assert.equal(database.rows("outbox").length, 1);
    database.faults.isFull = true;
    world.deny(tab);
    await machine.pass(60_000);
    assert.deepEqual(database.rows("outbox"), []);
  });

  it("a page that starts while another one refuses hears of it", async () => {
    for (const seed of SEEDS) {
      const world = worldOf(seed);
      const { machine, ledger } = world;
      const first = world.open();
      await machine.pass(60_000);
      const second = world.open();
      await machine.turn(seed % 10);
      world.deny(first);
      await machine.pass(60_000);
      world.ask(second, { name: "Canary" });
      await machine.pass(60_000);
      assert.equal(ledger.calls[0]?.promise?.reason, "consent", `seed ${seed}`);
    }
  });

  it("what a page stored that did not know of a refusal goes with the next page", async () => {
    for (const seed of SEEDS) {
      const world = worldOf(seed);
      const { machine, network, database, kill } = world;
      network.weather = "down";
      const first = world.open();
      const second = world.open();
      await machine.pass(60_000);
      world.deny(first);
      world.ask(second, { name: "Canary" });
      await machine.turn(seed % 20);
      kill(second);
      await machine.pass(60_000);
      kill(first);
      world.open();
      await machine.pass(60_000);
      assert.deepEqual(database.rows("outbox"), [], `seed ${seed}`);
    }
  });

  it("a refusal that the full disk has no room for reaches the other tabs", async () => {
    for (const seed of SEEDS) {
      const world = worldOf(seed);
      const { machine, network, database } = world;
      network.weather = "down";
      const first = world.open();
      const second = world.open();
      await machine.pass(60_000);
      world.ask(second, { name: "Canary" });
      await machine.pass(60_000);
      database.faults.isFull = true;
      world.deny(first);
      await machine.pass(60_000);
      network.weather = "good";
      const before = network.sent.length;
      await machine.pass(600_000);
      assert.equal(network.sent.length, before, `seed ${seed}`);
    }
  });

  it("what was refused while the database was away is erased though consent came back before it", async () => {
    const world = worldOf(1);
    const { machine, network, database, collector } = world;
    network.weather = "down";
    const tab = world.open();
    await machine.pass(60_000);
    world.ask(tab, { name: "Canary" });
    await machine.pass(60_000);
    assert.equal(database.rows("outbox").length, 1);
    database.faults.opens = "failed";
    database.killHandles(undefined, true);
    world.deny(tab);
    await machine.pass(60_000);
    world.grant(tab);
    await machine.pass(60_000);
    Object.assign(database.faults, { opens: "answered" });
    network.weather = "good";
    await machine.pass(3_600_000);
    assert.deepEqual(
      collector.stored.map(({ event }) => event),
      ["Consent Updated"],
    );
  });
});
