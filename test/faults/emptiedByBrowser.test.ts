// Chromium may find its database damaged, by its own doing, and empty it at the start (support/tornLog.ts says how). No page
// can keep what was in there; the next one must work as if nothing had been.
import assert from "node:assert/strict";
import { appendFileSync, globSync } from "node:fs";
import { describe, it } from "node:test";
import { createDevice, createEvents } from "./support/device.ts";
import { openShop } from "./support/shop.ts";
import { endsInTornRecord } from "./support/tornLog.ts";
import { idsOf, untilStored } from "./support/untilStored.ts";
import { uncaught, watchPage, type PageNoise } from "./support/watchPage.ts";

/** The header of a record whose 197 bytes never came. */
const TORN = Buffer.from("36be77a2c50001", "hex");

describe("a database that its browser cuts off and then empties", () => {
  it("gives back all at the start after the cut, and is used again after it was emptied", async (t) => {
    const shop = await openShop(t);
    const device = await createDevice(t, shop);
    const noises: PageNoise[] = [];
    // The disk alone holds what a visit stores.
    const visit = async (name: string) => {
      shop.network.decide = ({ path }) => (path.endsWith("/batch") ? "reset" : "pass");
      const page = await device.openTab(async (tab) => void noises.push(watchPage(tab)));
      await createEvents(shop, page, { page: name, count: 20, orderEvery: 10 });
      assert.notEqual(await untilStored(page, idsOf(name, 20)), undefined);
      shop.network.decide = () => "pass";
    };
    await visit("before");
    await device.kill();
    const logs = globSync(`${device.profile}/Default/IndexedDB/*/*.log`);
    assert.equal(endsInTornRecord(device.profile), false);
    for (const log of logs) appendFileSync(log, TORN);
    assert.equal(endsInTornRecord(device.profile), true);

    await device.drain();
    assert.deepEqual((await shop.settle()).account.lost, []);

    // The start at which the browser empties it.
    await visit("after");
    await device.drain();
    const { account, violations } = await shop.settle();
    assert.equal(account.arrived, 40);
    assert.deepEqual([...account.lost, ...account.duplicated, ...violations, ...uncaught(noises)], []);
  });
});
