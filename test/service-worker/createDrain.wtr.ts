import { expect } from "@esm-bundle/chai";
import { createDrain } from "../../packages/service-worker/src/createDrain.ts";
import { createTestOrigin, type Tab, type TestOrigin } from "../browser/support/testOrigin.ts";

const batches = (origin: TestOrigin) => origin.collector.requests.filter(({ path }) => path === "batch");
const names = (origin: TestOrigin) => origin.collector.accepted.map(({ event }) => event);

/** Until when the collector asked for quiet; 0 while it did not. */
const floorOf = ({ lease }: Record<string, unknown>) => (lease as { floor: number } | undefined)?.floor ?? 0;

describe("the drain of a service worker", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  /** Tracks what cannot be sent, and is gone; requests so far are forgotten. */
  const leave = async (...events: string[]): Promise<Tab> => {
    origin.collector.intercept = () => new Response(null, { status: 503 });
    const tab = origin.open();
    await tab.vitrine.ready();
    for (const event of events) void tab.vitrine.track(event, { product_id: "A" });
    await origin.pass("it is stored", () => tab.heard.stored!.length === events.length);
    await origin.pass("it was tried", () => batches(origin).length);
    tab.kill();
    origin.collector.intercept = undefined;
    origin.collector.requests.length = 0;
    return tab;
  };
  const drain = () => origin.settle(createDrain(origin.worker()).drain());

  it("sends what a page left, and moves it to the tail with the collector's time", async () => {
    await leave("One", "Two");
    expect(await drain()).to.equal(0);
    expect(names(origin)).to.deep.equal(["One", "Two"]);
    expect(Object.keys(await origin.dump("outbox"))).to.deep.equal([]);
    const tail = Object.values(await origin.dump("tail")) as { time: number; device?: string }[];
    expect(tail.map(({ time }) => time > 0)).to.deep.equal([true, true]);
    expect(tail.some(({ device }) => device)).to.equal(false, "a secret goes with its row");
  });

  it("does nothing where nothing is left", async () => {
    await leave("One");
    await drain();
    origin.collector.requests.length = 0;
    expect(await drain()).to.equal(0);
    expect(batches(origin)).to.deep.equal([]);
  });

  it("removes only what was named", async () => {
    await leave("One", "Two");
    origin.collector.intercept = async ({ body }) => {
      const [first] = body.batch as { messageId: string; event: string }[];
      return first?.event === "One"
        ? new Response(JSON.stringify({ results: [{ messageId: first.messageId, status: "accepted" }] }))
        : new Response(null, { status: 503 });
    };
    expect(await drain()).to.equal(1);
    const [left] = Object.values(await origin.dump("outbox")) as { text: string }[];
    expect(JSON.parse(left!.text)).to.include({ event: "Two" });
  });

  it("tells an open page, which settles the promise of the call", async () => {
    const tab = origin.open({}, { _fetch: () => Promise.reject(new TypeError("offline")) });
    await tab.vitrine.ready();
    const told = tab.vitrine.track("One");
    await origin.pass("it is stored", () => tab.heard.stored!.length);
    tab.show(false); // a hidden page lets others send
    await drain();
    await origin.pass("the page knows", () => tab.heard.delivered!.length);
    expect((await told).status).to.equal("stored");
    expect(names(origin)).to.deep.equal(["One"]);
  });

  it("leaves the sending to a page that has the turn", async () => {
    await leave("One");
    const locks = origin.worker()._locks!;
    let free: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (free = resolve));
    void locks.request("vitrine.send", {}, () => held);
    expect(await drain()).to.equal(1);
    expect(batches(origin)).to.deep.equal([]);
    free!();
    expect(await drain()).to.equal(0);
  });

  it("waits as long as the collector asked a page to", async () => {
    origin.collector.intercept = () => new Response(null, { status: 503, headers: { "retry-after": "600" } });
    const tab = origin.open();
    await tab.vitrine.ready();
    void tab.vitrine.track("One");
    await origin.pass("it was tried", async () => floorOf(await origin.dump("kv")) > origin.now());
    tab.kill();
    origin.collector.intercept = undefined;
    origin.collector.requests.length = 0;
    expect(await drain()).to.equal(1);
    expect(batches(origin)).to.deep.equal([]);
    await origin.advance(600_000);
    expect(await drain()).to.equal(0);
    expect(names(origin)).to.deep.equal(["One"]);
  });

  it("asks pages to wait as long as the collector asked it to", async () => {
    await leave("One");
    origin.collector.intercept = () => new Response(null, { status: 503, headers: { "retry-after": "600" } });
    const before = origin.now();
    expect(await drain()).to.equal(1);
    expect(floorOf(await origin.dump("kv"))).to.be.at.least(before + 600_000);
  });

  it("sends nothing of a person who refused", async () => {
    await leave("One");
    const database = origin.worker();
    const tab = origin.open({}, { _fetch: () => new Promise(() => {}), _locks: undefined });
    await tab.vitrine.ready();
    await origin.settle(tab.vitrine.consent("denied"));
    tab.kill();
    origin.collector.requests.length = 0;
    expect(await origin.settle(createDrain(database).drain())).to.equal(0);
    expect(batches(origin)).to.deep.equal([]);
    expect(Object.keys(await origin.dump("kv"))).to.deep.equal(["consent"]);
  });

  it("writes nothing back when the person refuses in mid-flight", async () => {
    await leave("One");
    let answer: ((response: Response | undefined) => void) | undefined;
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Promise((resolve) => (answer = resolve)) : undefined;
    const draining = createDrain(origin.worker()).drain();
    await origin.until("the request is under way", () => answer);
    const tab = origin.open();
    await tab.vitrine.ready();
    await origin.settle(tab.vitrine.consent("denied"));
    answer!(undefined);
    await origin.settle(draining);
    expect(Object.keys(await origin.dump("outbox"))).to.deep.equal([]);
    expect(Object.keys(await origin.dump("tail"))).to.deep.equal([]);
    expect(Object.keys(await origin.dump("kv"))).to.deep.equal(["consent"]);
  });

  it("leaves what the collector refuses whole to a page, which can report it", async () => {
    await leave("One", "Bad", "Three");
    origin.collector.intercept = ({ text }) =>
      text.includes('"Bad"') ? new Response(null, { status: 400 }) : undefined;
    expect(await drain()).to.equal(1);
    expect(names(origin)).to.have.members(["One", "Three"]);
    const [left] = Object.values(await origin.dump("outbox")) as { text: string }[];
    expect(JSON.parse(left!.text)).to.include({ event: "Bad" });
  });

  it("forgets a proof that the collector refused, so that the shop's next one counts", async () => {
    await leave("One");
    const tab = origin.open({}, { _fetch: () => Promise.reject(new TypeError("offline")) });
    await tab.vitrine.ready();
    await origin.settle(tab.vitrine.identify("ada", {}, { proof: "a token" }));
    tab.kill();
    origin.collector.judge = ({ type }) =>
      type === "identify" ? ({ proof: "refused" } as object) : undefined;
    await origin.advance(600_000);
    expect(await drain()).to.equal(0);
    await origin.until(
      "it is stored",
      async () => !((await origin.dump("kv")).user as { proven?: string }).proven,
    );
    expect((await origin.dump("kv")).user).to.include({ id: "ada" });
  });

  it("counts as left what it cannot send, without a database too", async () => {
    const platform = { ...origin.worker(), _indexedDB: undefined };
    const failed = await createDrain(platform)
      .drain()
      .then(
        () => false,
        () => true,
      );
    expect(failed).to.equal(true);
  });
});
