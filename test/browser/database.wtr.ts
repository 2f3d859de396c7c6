// oxlint-disable typescript/unbound-method -- prototypes are patched, and called with `apply`
import { expect } from "@esm-bundle/chai";
import { attempt } from "../../packages/browser/src/attempt.ts";
import type { Platform } from "../../packages/browser/src/platform.ts";
import { BROKEN_DATABASES } from "./support/brokenDatabases.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const names = (origin: TestOrigin) => origin.collector.accepted.map((event) => event.event);

describe("the database", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  for (const [what, breakIt] of Object.entries(BROKEN_DATABASES)) {
    it(`${what} > within a second events wait in memory; they are sent, and the page sees nothing of it`, async () => {
      // As the platform asks for it.
      const _indexedDB = attempt(() => breakIt(indexedDB)) as Platform["_indexedDB"];
      const { vitrine, heard } = origin.open({}, { _indexedDB });
      const stored = vitrine.track("In memory");
      await origin.settle(vitrine.ready());
      expect(origin.now() - Date.parse("2026-11-02T10:00:00Z")).to.be.at.most(1100);
      await origin.pass("it is delivered", () => names(origin).length);
      expect((await stored).status).to.equal("delivered");
      expect(heard.error).to.deep.equal([]);
      expect(vitrine.profile().counters["In memory"]!.total).to.equal(1);
    });
  }

  it("dies in use > it is opened anew, never used again, and what waited is stored", async () => {
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 500 }) : undefined;
    const original = IDBDatabase.prototype.transaction;
    const dead = new WeakSet<IDBDatabase>();
    let uses = 0;
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    void vitrine.track("Before");
    await origin.pass("it is stored", () => heard.stored!.length);
    try {
      let isDying = true;
      IDBDatabase.prototype.transaction = function (...args) {
        if (isDying || dead.has(this)) {
          isDying = false;
          if (dead.has(this)) uses++;
          dead.add(this);
          throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
        }
        return original.apply(this, args);
      };
      void vitrine.track("After");
      await origin.pass("it healed", () => heard.stored!.length === 2);
      expect(uses).to.equal(0);
    } finally {
      IDBDatabase.prototype.transaction = original;
    }
    expect(Object.keys(await origin.dump("outbox"))).to.have.length(2);
  });

  it("is emptied under the page > events and device are stored again, and nothing is lost", async () => {
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 500 }) : undefined;
    const { vitrine, heard } = origin.open();
    const { anonymousId } = await vitrine.ready();
    for (const name of ["A", "B"]) void vitrine.track(name);
    await origin.pass("both are stored", () => heard.stored!.length === 2);
    await origin.deleteDatabase();
    await origin.pass("they are stored again", async () => {
      return Object.keys(await origin.dump("outbox").catch(() => ({}))).length === 2;
    });
    expect((await vitrine.ready()).anonymousId).to.equal(anonymousId);
    expect((await origin.dump("kv")).device).to.include({ id: anonymousId });
    origin.collector.intercept = undefined;
    await origin.pass("both arrive", () => names(origin).length === 2);
  });

  it("is full > it makes room, keeps orders, and says what it dropped", async () => {
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 500 }) : undefined;
    const { add, put } = IDBObjectStore.prototype;
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    try {
      let room = 12;
      const refusing = (original: IDBObjectStore["put"]): IDBObjectStore["put"] =>
        function (this: IDBObjectStore, ...args) {
          if (this.name === "outbox" && room-- <= 0) {
            this.transaction.abort();
            throw new DOMException("full", "QuotaExceededError");
          }
          return original.apply(this, args);
        };
      Object.assign(IDBObjectStore.prototype, { add: refusing(add), put: refusing(put) });
      void vitrine.track("Order Completed", { order_id: "o1" });
      for (let i = 0; i < 10; i++) void vitrine.track("Usual", { i });
      await origin.pass("the order is stored", () => heard.stored!.length);
      for (let i = 0; i < 5; i++) void vitrine.track("More", { i });
      await origin.pass("something was dropped", () => heard.drop!.length);
    } finally {
      Object.assign(IDBObjectStore.prototype, { add, put });
    }
    origin.collector.intercept = undefined;
    await origin.pass("the report arrives", () => names(origin).includes("Events Dropped"));
    const reported = origin.collector.accepted.filter(({ event }) => event === "Events Dropped");
    expect(names(origin)).to.include("Order Completed");
    expect(reported.reduce((sum, { properties }) => sum + Number(properties.count), 0)).to.equal(
      heard.drop!.length,
    );
  });

  it("is upgraded by a newer SDK in another tab > it lets go at once, and delivers from memory", async () => {
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    await vitrine.flush();
    const upgrade = new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(`${origin.name}vitrine`, 2);
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error!));
    });
    const newer = await upgrade;
    void vitrine.track("Old tab");
    await origin.pass("it is delivered", () => names(origin).length);
    newer.close();
    expect(heard.error).to.deep.equal([]);
  });
});
