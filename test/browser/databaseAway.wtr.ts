// oxlint-disable typescript/unbound-method -- prototypes are patched, and called with `apply`
import { expect } from "@esm-bundle/chai";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const names = (origin: TestOrigin) => origin.collector.accepted.map((event) => event.event);

const offline: TestOrigin["collector"]["intercept"] = ({ path }) =>
  path === "batch" ? new Response(null, { status: 500 }) : undefined;

/** Runs `task` while every transaction throws, as after "Connection to Indexed Database server lost". */
async function whileAway(task: () => Promise<unknown>): Promise<void> {
  const original = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = () => {
    throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
  };
  try {
    await task();
  } finally {
    IDBDatabase.prototype.transaction = original;
  }
}

/** Runs `task` while every transaction that puts something is aborted for want of space, as at its commit. */
async function whileFull(task: () => Promise<unknown>): Promise<void> {
  const { add, put } = IDBObjectStore.prototype;
  const refused = new WeakSet<IDBTransaction>();
  const refusing = (original: typeof put): typeof put =>
    function (this: IDBObjectStore, ...args) {
      const { transaction } = this;
      if (!refused.has(transaction)) {
        refused.add(transaction);
        Object.defineProperty(transaction, "error", {
          value: new DOMException("full", "QuotaExceededError"),
        });
        transaction.commit = () => {}; // it is asked for, and will not be
        queueMicrotask(() => transaction.abort());
      }
      return original.apply(this, args);
    };
  Object.assign(IDBObjectStore.prototype, { add: refusing(add), put: refusing(put) });
  try {
    await task();
  } finally {
    Object.assign(IDBObjectStore.prototype, { add, put });
  }
}

describe("what is said while the database is away", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("a refusal stands when the database is back, and all that was stored goes", async () => {
    origin.collector.intercept = offline;
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    void vitrine.track("Canary");
    await origin.pass("it is stored", () => heard.stored!.length);
    await whileAway(async () => {
      void vitrine.track("Canary");
      await origin.advance(0);
      await vitrine.consent("denied");
    });
    origin.collector.intercept = undefined;
    await origin.pass("all is erased", async () => !Object.keys(await origin.dump("outbox")).length);
    await origin.advance(60_000);
    expect((await origin.settle(vitrine.track("After"))).reason).to.equal("consent");
    expect(Object.keys(await origin.dump("kv"))).to.deep.equal(["consent"]);
    expect(names(origin)).to.deep.equal([]);
    const next = origin.open();
    await next.vitrine.ready();
    expect((await origin.settle(next.vitrine.track("Next page"))).reason).to.equal("consent");
  });

  it("a reset stands: the device that was before does not come back", async () => {
    const { vitrine } = origin.open();
    const before = await vitrine.ready();
    void vitrine.identify("ada");
    await vitrine.flush();
    await whileAway(async () => {
      void vitrine.track("Seen");
      await origin.advance(0);
      await vitrine.reset();
    });
    const after = await vitrine.ready();
    expect(after.anonymousId).not.to.equal(before.anonymousId);
    await origin.pass(
      "the database is back",
      async () => ((await origin.dump("kv")).device as { id: string }).id === after.anonymousId,
    );
    expect(await vitrine.ready()).to.deep.equal(after);
    expect((await origin.dump("kv")).user).to.equal(undefined);
    void vitrine.track("Somebody else");
    await vitrine.flush();
    expect(origin.collector.accepted.at(-1)).to.include({ anonymousId: after.anonymousId });
    expect(origin.collector.accepted.at(-1)).not.to.have.property("userId");
  });

  it("words for a purpose stand", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    await whileAway(async () => {
      void vitrine.track("Seen");
      await origin.advance(0);
      await vitrine.consent({ marketing: "denied" });
    });
    await origin.advance(1000);
    void vitrine.track("Later");
    await vitrine.flush();
    expect(origin.collector.accepted.at(-1)!.context.consent).to.deep.equal(["analytics", "personalization"]);
    expect((await origin.dump("kv")).consent).to.have.nested.property("words.marketing", "denied");
  });

  it("a refusal is still known after the browser emptied the database", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    await vitrine.consent("denied");
    await origin.deleteDatabase();
    await origin.advance(60_000);
    const next = origin.open();
    await next.vitrine.ready();
    expect((await origin.settle(next.vitrine.track("Next page"))).reason).to.equal("consent");
  });
});

describe("a full disk", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("given a network > nothing is dropped: what cannot be stored is sent from memory", async () => {
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    await whileFull(async () => {
      for (let i = 0; i < 20; i++) void vitrine.track("Seen", { i });
      await origin.pass("all arrive", () => names(origin).length === 20);
    });
    expect(heard.drop).to.deep.equal([]);
  });

  it("is freed of what was delivered", async () => {
    origin.collector.intercept = offline;
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    for (let i = 0; i < 5; i++) void vitrine.track("Seen", { i });
    await origin.pass("all are stored", () => heard.stored!.length === 5);
    origin.collector.intercept = undefined;
    await whileFull(async () => {
      await origin.pass("all arrive", () => names(origin).length === 5);
      await origin.pass("they are gone", async () => !Object.keys(await origin.dump("outbox")).length);
    });
  });

  it("does not keep a refusal from erasing what is there", async () => {
    origin.collector.intercept = offline;
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    void vitrine.track("Canary");
    await origin.pass("it is stored", () => heard.stored!.length);
    await whileFull(() => vitrine.consent("denied"));
    expect(await origin.dump("outbox")).to.deep.equal({});
  });
});
