// oxlint-disable typescript/unbound-method -- prototypes are patched, and called with `apply`
import { expect } from "@esm-bundle/chai";
import type { Row } from "../../packages/browser/src/outbox/row.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const names = (origin: TestOrigin) => origin.collector.accepted.map((event) => event.event);
const offline = () => {
  throw new TypeError("no network");
};

describe("the outbox", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("keeps what was stored over the death of the page, and delivers it exactly once", async () => {
    origin.collector.intercept = offline;
    const first = origin.open();
    const stored = ["A", "B", "C"].map((name) => first.vitrine.track(name));
    await origin.pass("all are stored", () => first.heard.stored!.length === 3);
    expect((await Promise.all(stored)).map(({ status }) => status)).to.deep.equal([
      "stored",
      "stored",
      "stored",
    ]);
    first.kill();
    origin.collector.intercept = undefined;
    const next = origin.open();
    await next.vitrine.ready();
    await next.vitrine.flush();
    expect(names(origin)).to.deep.equal(["A", "B", "C"]);
  });

  it("calls nothing stored before the strict barrier, 250 ms at most behind the write", async () => {
    origin.collector.intercept = offline;
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    void vitrine.track("Relaxed");
    await origin.until("it is written", async () => Object.keys(await origin.dump("outbox")).length);
    expect(heard.stored).to.have.length(0);
    await origin.advance(0);
    expect(heard.stored).to.have.length(0);
    await origin.advance(250);
    await origin.until("it is stored", () => heard.stored!.length);
  });

  it("stores orders and consent at once, in strict transactions of their own", async () => {
    origin.collector.intercept = offline;
    const strict: string[][] = [];
    const original = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...args) {
      const transaction = original.apply(this, args);
      const put: string[] = [];
      if (args[2]?.durability === "strict") strict.push(put);
      const { objectStore } = transaction;
      transaction.objectStore = (name) => {
        const store = objectStore.call(transaction, name);
        const { add } = store;
        store.add = (row: Row) => {
          put.push((JSON.parse(row.text) as { event: string }).event);
          return add.call(store, row);
        };
        return store;
      };
      return transaction;
    };
    try {
      const { vitrine, heard } = origin.open();
      await vitrine.ready();
      void vitrine.track("Ordinary");
      void vitrine.track("Order Completed", { order_id: "o1" });
      await origin.until("the order is stored", () => heard.stored!.length);
      expect(strict.filter(({ length }) => length)).to.deep.equal([["Order Completed"]]);
    } finally {
      IDBDatabase.prototype.transaction = original;
    }
  });

  it("stores at once when the page is hidden", async () => {
    origin.collector.intercept = offline;
    const { vitrine, heard, show } = origin.open();
    await vitrine.ready();
    void vitrine.track("Hidden");
    show(false);
    await origin.until("it is stored without the clock moving", () => heard.stored!.length);
  });

  it("gives each event of a page load the next number, and a new page load a new name", async () => {
    const first = origin.open();
    await first.vitrine.ready();
    for (const name of ["A", "B", "C"]) void first.vitrine.track(name);
    await first.vitrine.flush();
    first.kill();
    const next = origin.open();
    await next.vitrine.ready();
    void next.vitrine.track("D");
    await next.vitrine.flush();
    const writers = origin.collector.accepted.map(({ context }) => context.writer!);
    expect(writers.map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 1]);
    expect(new Set(writers.map(({ id }) => id)).size).to.equal(2);
    expect(writers[0]!.id).to.match(/^[\w-]{22}$/);
  });

  it("starts a new page load after the page was frozen, since others may have closed the old one", async () => {
    const { vitrine, fire } = origin.open();
    await vitrine.ready();
    void vitrine.track("Before");
    fire("pagehide", { persisted: true });
    fire("pageshow", { persisted: true });
    void vitrine.track("After");
    await origin.pass("both arrived", () => names(origin).length === 2);
    expect(origin.collector.accepted.map(({ context }) => context.writer!.seq)).to.deep.equal([1, 1]);
  });

  it("makes room by priority, never of orders, and reports exactly what it dropped", async () => {
    origin.collector.intercept = offline;
    const { vitrine, heard } = origin.open({ maxBytes: 20_000 });
    await vitrine.ready();
    void vitrine.track("Order Completed", { order_id: "o1", note: "x".repeat(1000) });
    for (let i = 0; i < 10; i++) void vitrine.page(undefined, { text: "x".repeat(500) });
    for (let i = 0; i < 20; i++) void vitrine.track("Usual", { text: "x".repeat(500) });
    // The report needs room too: what went for it is in the next one.
    await origin.advance(5000);
    origin.collector.intercept = undefined;
    await vitrine.flush();
    const reports = origin.collector.accepted.filter((event) => event.event === "Events Dropped");
    const dropped = reports.reduce((sum, { properties }) => sum + Number(properties.count), 0);
    expect(names(origin)).to.include("Order Completed");
    expect(origin.collector.accepted.filter(({ type }) => type === "page")).to.have.length(
      0,
      "pings go first",
    );
    expect(dropped).to.equal(heard.drop!.length).and.greaterThan(10);
    const created = 31 + reports.length;
    expect(origin.collector.accepted.length + dropped).to.equal(created, "created = acknowledged + dropped");
  });

  for (const [what, properties] of Object.entries({
    "a cycle": (() => {
      const cycle: { self?: unknown } = {};
      cycle.self = cycle;
      return cycle;
    })(),
    "a BigInt": { big: 1n },
    "a getter that throws": {
      get bad() {
        throw new Error("host page");
      },
    },
    "a toJSON that throws": {
      toJSON() {
        throw new Error("host page");
      },
    },
    "a megabyte": { text: "x".repeat(1 << 20) },
  })) {
    it(`drops ${what} with a reason, reports its number, and takes the others`, async () => {
      const { vitrine, heard } = origin.open();
      await vitrine.ready();
      void vitrine.track("Before");
      const result = await vitrine.track("Hostile", properties);
      void vitrine.track("After");
      await origin.advance(1500);
      await vitrine.flush();
      expect(result.status).to.equal("dropped");
      expect(heard.drop).to.have.length(1);
      expect(names(origin)).to.deep.equal(["Before", "After", "Events Dropped"]);
      expect(origin.collector.accepted[2]!.properties.seqs).to.deep.equal([2, 2]);
    });
  }

  it("tells of the first loss at once, and gathers those of the second after it", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    const lose = () => vitrine.track("Hostile", { text: "x".repeat(1 << 20) });
    const told = () =>
      origin.collector.accepted
        .filter(({ event }) => event === "Events Dropped")
        .map(({ properties }) => properties.count);
    await Promise.all([lose(), lose()]);
    await origin.advance(1);
    await vitrine.flush();
    expect(told()).to.deep.equal([2], "two of one task");
    for (let i = 0; i < 3; i++) {
      await lose();
      await origin.advance(200);
    }
    await vitrine.flush();
    expect(told()).to.deep.equal([2]);
    await origin.advance(1000);
    await vitrine.flush();
    expect(told()).to.deep.equal([2, 3]);
  });

  it("throws nothing into the page, whatever it is called with", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    const hostile = {
      get context(): never {
        throw new Error("host page");
      },
      get proof(): never {
        throw new Error("host page");
      },
      toString(): never {
        throw new Error("host page");
      },
    };
    const odd = [undefined, null, 0, NaN, "", Symbol("s"), [], () => {}, hostile] as never[];
    for (const value of odd) {
      void vitrine.track(value, value, value);
      void vitrine.page(value, value);
      void vitrine.identify(value, value, value);
      void vitrine.consent(value);
      vitrine.decide(value);
      vitrine.on(value, value)();
    }
    vitrine.profile();
    await origin.advance(2000);
    await vitrine.flush();
    void vitrine.track("Still alive");
    await origin.pass("it is delivered", () => names(origin).includes("Still alive"));
  });

  it("takes lone surrogates, NaN, symbols and no properties as they are or as null", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    void vitrine.track("Odd", { lone: "\ud800", nan: NaN, symbol: Symbol("s"), f: () => 1 });
    void vitrine.track("None", null as never);
    void vitrine.track("Text", "text" as never);
    await vitrine.flush();
    expect(names(origin)).to.deep.equal(["Odd", "None", "Text"]);
    expect(origin.collector.accepted[0]!.properties).to.deep.equal({ lone: "\ud800", nan: null });
  });

  it("keeps what was handed in, whatever the page does to its object afterwards", async () => {
    const { vitrine } = origin.open();
    const properties = { list: [1] };
    void vitrine.track("Handed in", properties);
    properties.list.push(2);
    await vitrine.ready();
    await vitrine.flush();
    expect(origin.collector.accepted[0]!.properties).to.deep.equal({ list: [1] });
  });

  it("never goes back in time or id within a page, whatever the wall clock does", async () => {
    let skew = 0;
    const { vitrine } = origin.open({}, { _now: () => origin.now() + skew });
    await vitrine.ready();
    void vitrine.track("Product Added", { product_id: "A", cart_quantity: 1 });
    skew = -3.15e11;
    void vitrine.track("Product Removed", { product_id: "A", cart_quantity: 0 });
    expect(vitrine.profile().cart.count).to.equal(0);
    skew = 0;
    await vitrine.flush();
    const ids = origin.collector.accepted.map(({ messageId }) => messageId);
    expect(ids).to.deep.equal([...ids].sort());
  });
});
