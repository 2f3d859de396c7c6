// What a mirror's events say of a garment's sizes: the words of the shop's pages, so that one profile reads both.
import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, it, type TestContext } from "node:test";
import { sendFeeds } from "../../examples/feeds.ts";
import { catalogue, sizesOf, type Product as ShopProduct } from "../../examples/shop/index.ts";
import {
  profileView,
  type Product,
  type ProfileView,
  type Ruleset,
  type TryOnEvent,
} from "../../packages/core/src/index.ts";
import { offersOf } from "../../kiosk/src/offers/offersOf.ts";
import { sealEvent } from "../../kiosk/shell/src/shared/outbox/sealEvent.ts";
import { asPhone, enrolKiosk } from "./support/kiosks.ts";
import { newDevice, NOW, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";

const CONSENT = ["analytics", "personalization"];

const garment = catalogue.find(({ sizeSystem, category }) => sizeSystem === "INT" && category === "blouses")!;
const others = catalogue.filter(
  ({ model, sizeSystem, sizeGroup }) =>
    model !== garment.model && sizeSystem === garment.sizeSystem && sizeGroup === garment.sizeGroup,
);

/** What the shop's pages say of a product. */
const itemOf = ({ model, name, brand, category, sizeSystem, sizeGroup }: ShopProduct): object => ({
  product_id: model,
  name,
  brand,
  category,
  size_system: sizeSystem,
  size_group: sizeGroup,
  department: "women",
});

async function openShop(t: TestContext): Promise<Running> {
  const running = await runVitrine(t);
  const feed = { vitrineUrl: running.url, key: running.secretKey, shopUrl: "https://shop.example", at: NOW };
  await sendFeeds(feed);
  return running;
}

/** A shopper who said yes, and kept two garments of one size. */
async function newShopper(running: Running, size: string): Promise<Device> {
  const phone = newDevice();
  const writer = phone.id.slice(2, 10);
  const context = (seq: number) => ({ writer: { id: writer, seq }, consent: CONSENT });
  const yes = { purposes: { analytics: "granted", personalization: "granted" } };
  const orders = others.slice(0, 2).map((product, i) => ({
    event: "Order Completed",
    properties: { order_id: `o${i}`, products: [{ ...itemOf(product), size, quantity: 1 }] },
  }));
  const all = [{ event: "Consent Updated", properties: yes }, ...orders];
  const batch = all.map((more, i) => viewed(phone, writer, i + 1, { ...more, context: context(i + 1) }));
  const results = await running.send(batch, { device: phone.secret });
  assert.ok(
    results.every(({ status }) => status === "accepted"),
    JSON.stringify(results),
  );
  return phone;
}

/** Tells the server what a mirror saw while a phone lent it her profile. */
async function atMirror(running: Running, phone: Device, ...events: TryOnEvent[]): Promise<void> {
  const kiosk = await enrolKiosk(running, `Mirror of ${phone.id}`);
  const { id, code } = await kiosk.show();
  await asPhone(running, "pairings/confirm", { code, device: phone.secret, scope: ["profile", "looks"] });
  const { attribution } = (await kiosk.leaseOf(id)) as unknown as { attribution: string };
  const clock = { at: 1000, origin: NOW - 60_000 };
  const session = "8d0c0a9e-5c1d-4000-8000-000000000001";
  const sealed = await Promise.all(
    events.map((event, i) =>
      sealEvent(
        { event, session, attribution, timestamp: clock.origin + clock.at, clock },
        {
          messageId: `k-${phone.id}-${i}`,
          writer: { id: "AAAAAAAAAAAAAAAAAAAAAA", seq: i + 1 },
          eventKey: kiosk.eventKey,
        },
      ),
    ),
  );
  const body = {
    sentAt: new Date(NOW).toISOString(),
    clock: { writer: "AAAAAAAAAAAAAAAAAAAAAA", at: 60_000 },
    events: sealed,
  };
  const answer = await running.post("/v1/kiosk/events", body, { Authorization: `Bearer ${kiosk.key}` });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
}

const viewOf = async (running: Running, phone: Device): Promise<ProfileView> =>
  profileView((await running.profile(phone)).fold, running.clock.now);

/** The facts by which sizes are compared. */
const sizing = ({ id, brand, category, sizeGroup, sizeSystem, department }: Product) => ({
  id,
  brand,
  category,
  sizeGroup,
  sizeSystem,
  department,
});

/** What the mirror's "In your size" shows of a profile. */
function inHerSize(profile: ProfileView): Product[] {
  const rule = { id: "r", placement: "p", action: { type: "screen", list: "usualSize" } };
  const rules = { version: 1, site: "s", notAfter: NOW + 1000, rules: [rule] } as Ruleset;
  const offers = offersOf(rules, { id: "l", state: "open", profile }, "en", NOW);
  return offers.flatMap(({ outcome }) => outcome.items);
}

describe("a garment at the mirror", () => {
  const size = sizesOf(garment)[1]!;

  it("is known in her size, by the same facts as on the shop's page", async (t) => {
    const running = await openShop(t);
    const [atShop, onPage] = [await newShopper(running, size), await newShopper(running, size)];
    const sku = `${garment.model}-${size}`;
    await atMirror(running, atShop, { name: "Product Viewed", sku }, { name: "Product Tried On", sku });
    const context = { writer: { id: "page", seq: 1 }, consent: CONSENT };
    const page = viewed(onPage, "page", 1, { properties: itemOf(garment), context });
    await running.send([page], { device: onPage.secret });

    const [mirror, web] = [await viewOf(running, atShop), await viewOf(running, onPage)];
    assert.deepEqual(mirror.recent.map(sizing), web.recent.map(sizing));
    assert.deepEqual(inHerSize(mirror).map(sizing), inHerSize(web).map(sizing));
    assert.deepEqual(
      inHerSize(mirror).map(({ id, size: label }) => [id, label]),
      [[garment.model, size]],
    );
    const [tried] = mirror.tryOns;
    assert.deepEqual(
      [tried!.product.size, tried!.product.sizeGroup, tried!.product.sizeSystem, tried!.product.department],
      [size, garment.sizeGroup, garment.sizeSystem, "women"],
    );
  });

  it("of a catalogue that was stored before feeds said so is found as ever, without those facts", async (t) => {
    const first = await openShop(t);
    const phone = await newShopper(first, size);
    await first.stop();
    const database = new DatabaseSync(join(first.dataDir, "vitrine.db"));
    const without = "json_remove(body, '$.size_group', '$.size_system', '$.department')";
    assert.equal(database.prepare(`UPDATE articles SET body = ${without}`).run().changes, catalogue.length);
    database.close();
    const running = await first.restart();
    await atMirror(running, phone, { name: "Product Viewed", sku: garment.model });
    const view = await viewOf(running, phone);
    assert.equal(view.recent[0]!.name, garment.name);
    assert.equal(view.recent[0]!.sizeGroup, undefined);
    assert.deepEqual(inHerSize(view), []);
  });
});
