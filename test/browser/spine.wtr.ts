import { expect } from "@esm-bundle/chai";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

describe("an event's way", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("goes from capture over the outbox to the collector, and by the tail into the profile", async () => {
    origin.collector.intercept = () => new Response(null, { status: 503 });
    const { vitrine, heard } = origin.open();
    const stored = vitrine.track("Product Added", { product_id: "B4", quantity: 2, price: 3 });
    expect(vitrine.profile().cart.count).to.equal(0, "nothing is known before consent and device are");
    await vitrine.ready();
    expect(vitrine.profile().cart.count).to.equal(2);
    await origin.pass("it is stored", () => heard.stored!.length);
    expect((await stored).status).to.equal("stored");
    origin.collector.intercept = undefined;
    expect(Object.keys(await origin.dump("outbox"))).to.have.length(1);
    await vitrine.flush();
    expect(origin.collector.accepted.map((event) => event.event)).to.deep.equal(["Product Added"]);
    expect(origin.collector.accepted[0]!.properties.cart_quantity).to.equal(2);
    expect(Object.keys(await origin.dump("outbox"))).to.have.length(0);
    expect(Object.keys(await origin.dump("tail"))).to.have.length(1);
    expect(vitrine.profile().cart.count).to.equal(2);
  });

  it("shows the cart on the next page when the network went after the acknowledgement", async () => {
    const first = origin.open();
    await first.vitrine.ready();
    void first.vitrine.track("Product Added", { product_id: "B4", quantity: 1 });
    await first.vitrine.flush();
    first.kill();
    origin.collector.intercept = () => {
      throw new TypeError("no network");
    };
    const next = origin.open();
    await next.vitrine.ready();
    expect(next.vitrine.profile().cart.lines.map((line) => line.product.id)).to.deep.equal(["B4"]);
  });

  it("leaves the tail when a stored snapshot contains it, and counts nothing twice", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    void vitrine.track("Product Viewed", { product_id: "B4", category: "skirts" });
    await vitrine.flush();
    await origin.until("the stream is open", () => origin.collector.streams);
    origin.collector.push({ revision: origin.collector.revision(), rules: 0 });
    await origin.pass("the tail is empty", async () => !Object.keys(await origin.dump("tail")).length);
    void vitrine.track("Product Viewed", { product_id: "B5", category: "skirts" });
    expect(vitrine.profile().categories.skirts!.total).to.equal(2);
    expect(vitrine.profile().recent.map((product) => product.id)).to.deep.equal(["B5", "B4"]);
  });
});
