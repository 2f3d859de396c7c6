import { expect } from "@esm-bundle/chai";
import { createMessageIds, orderMessageId } from "../../packages/browser/src/ids.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("orders", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("are taken once on a page, over reloads and after the acknowledgement; a refused repeat is no loss", async () => {
    const first = origin.open();
    await first.vitrine.ready();
    void first.vitrine.track("Order Completed", { order_id: "o1" });
    const repeat = await first.vitrine.track("Order Completed", { order_id: "o1" });
    expect(repeat).to.include({ status: "dropped", reason: "duplicate_order" });
    await first.vitrine.flush();
    await first.vitrine.track("Order Completed", { order_id: "o1" });
    first.kill();
    const next = origin.open();
    const early = next.vitrine.track("Order Completed", { order_id: "o1" });
    expect((await early).reason).to.equal("duplicate_order");
    void next.vitrine.track("Order Completed", { order_id: "o2" });
    await next.vitrine.flush();
    await origin.advance(2000);
    await next.vitrine.flush();
    expect(origin.collector.accepted.map(({ properties }) => properties.order_id)).to.deep.equal([
      "o1",
      "o2",
    ]);
    expect(origin.collector.accepted.map(({ context }) => context.writer!.seq)).to.deep.equal([1, 1]);
  });

  it("are known from the server's snapshot too", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    void vitrine.track("Order Completed", { order_id: "o1" });
    await vitrine.flush();
    await origin.until("the stream is open", () => origin.collector.streams);
    origin.collector.push({ revision: origin.collector.revision(), rules: 0 });
    await origin.pass("the tail is empty", async () => !Object.keys(await origin.dump("tail")).length);
    const next = origin.open();
    await next.vitrine.ready();
    expect((await next.vitrine.track("Order Completed", { order_id: "o1" })).reason).to.equal(
      "duplicate_order",
    );
  });

  it("of two tabs at once are stored once, and the number of the second is reported", async () => {
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 500 }) : undefined;
    const tabs = [origin.open(), origin.open()];
    await Promise.all(tabs.map(({ vitrine }) => vitrine.ready()));
    for (const { vitrine } of tabs) void vitrine.track("Order Completed", { order_id: "o1" });
    await origin.pass("one gave way", () => tabs.some(({ heard }) => heard.drop!.length));
    origin.collector.intercept = undefined;
    await origin.pass("all arrived", () => origin.collector.accepted.length >= 2);
    await origin.advance(5000);
    const orders = origin.collector.accepted.filter(({ event }) => event === "Order Completed");
    const reports = origin.collector.accepted.filter(({ event }) => event === "Events Dropped");
    expect(orders).to.have.length(1);
    expect(reports.map(({ properties }) => [properties.reason, properties.seqs])).to.deep.equal([
      ["duplicate_order", [1, 1]],
    ]);
  });

  it("have one message id everywhere, in the shape of a UUID, and hardly ever another's", () => {
    const ids = new Set<string>();
    for (let i = 0; i < 20_000; i++) ids.add(orderMessageId("vs_test", `1000${i}`));
    expect(ids.size).to.equal(20_000);
    expect(orderMessageId("vs_a", "1"))
      .to.equal(orderMessageId("vs_a", "1"))
      .and.not.equal(orderMessageId("vs_b", "1"));
    expect(orderMessageId("vs_test", "№ 1")).to.match(UUID);
  });

  it("and other ids grow within a millisecond and over a clock that goes back", () => {
    const newId = createMessageIds(crypto.getRandomValues(new Uint8Array(8)));
    const ids = Array.from({ length: 10_000 }, (_, i) => newId(1.8e12 - (i % 7)));
    expect(ids).to.deep.equal([...ids].sort());
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids[9999]).to.match(UUID);
  });
});

describe("a cart's quantity", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("is stamped as the result of adding and removing, for each article and size", async () => {
    const { vitrine } = origin.open();
    const add = (size: string, quantity?: number) =>
      void vitrine.track("Product Added", { product_id: "A", size, quantity });
    add("M", 2);
    add("M");
    add("L");
    void vitrine.track("Product Removed", { product_id: "A", size: "M", quantity: 1 });
    void vitrine.track("Product Removed", { product_id: "A", size: "L" });
    void vitrine.track("Product Added", { product_id: "B", cart_quantity: 7 });
    await vitrine.ready();
    await vitrine.flush();
    expect(origin.collector.accepted.map(({ properties }) => properties.cart_quantity)).to.deep.equal([
      2, 3, 1, 2, 0, 7,
    ]);
    expect(origin.collector.accepted.some(({ properties }) => properties.approximate)).to.equal(false);
    expect(vitrine.profile().cart.lines.map(({ quantity }) => quantity)).to.deep.equal([7, 2]);
  });
});
