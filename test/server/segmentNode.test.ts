import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Analytics } from "@segment/analytics-node";
import { foldOf } from "../../packages/server/src/identity/person.ts";
import { profileView } from "../../packages/core/src/index.ts";
import { runVitrine } from "./support/runVitrine.ts";

describe("an unmodified @segment/analytics-node", () => {
  it("posts to the collector, and its people appear as profiles", async (t) => {
    const server = await runVitrine(t, { clock: Date.now });
    const analytics = new Analytics({ writeKey: server.secretKey, host: server.url });
    const errors: unknown[] = [];
    analytics.on("error", (error) => errors.push(error));
    analytics.identify({ userId: "anna", traits: { plan: "gold" } });
    analytics.page({ anonymousId: "browser-1", name: "Home" });
    analytics.track({
      userId: "anna",
      anonymousId: "browser-1",
      event: "Product Viewed",
      properties: { product_id: "p1", category: "Coats" },
    });
    analytics.track({
      userId: "anna",
      event: "Order Completed",
      properties: { order_id: "o1", products: [{ product_id: "p1", quantity: 1 }] },
    });
    analytics.group({ userId: "anna", groupId: "club" });
    analytics.alias({ userId: "anna", previousId: "browser-0" });
    await analytics.closeAndFlush();
    assert.deepEqual(errors, []);
    const { collector } = server.vitrine.services;
    assert.equal(collector.counters.all("default").accepted, 6);
    const members = collector.graph.members("default", "anonymous:browser-1");
    assert.deepEqual(members, ["anonymous:browser-0", "anonymous:browser-1", "user:anna"]);
    const view = profileView(foldOf(collector, "default", members), Date.now());
    assert.deepEqual(
      [view.traits.plan, view.lastViewed.category?.name, view.orders[0]?.id, view.counters.page?.total],
      ["gold", "Coats", "o1", 1],
    );
  });

  it("keeps a user's id to a claim with the public site key", async (t) => {
    const server = await runVitrine(t, { clock: Date.now });
    const analytics = new Analytics({ writeKey: server.siteKey, host: server.url });
    analytics.track({ userId: "anna", anonymousId: "browser-1", event: "x" });
    await analytics.closeAndFlush();
    const { collector } = server.vitrine.services;
    assert.deepEqual(collector.graph.members("default", "user:anna"), ["user:anna"]);
    assert.equal(collector.graph.claimsOf("default", ["anonymous:browser-1"])[0]?.claimed, "user:anna");
  });
});
