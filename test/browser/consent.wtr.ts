import { expect } from "@esm-bundle/chai";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const names = (origin: TestOrigin) => origin.collector.accepted.map((event) => event.event);

describe("consent", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("given a pending page > it knows the page's facts, writes nothing, and sends nothing but the question for rules", async () => {
    const { vitrine, fire } = origin.open({ consent: "pending", rulesKey: "x" });
    await vitrine.ready();
    const result = await vitrine.track("Product Viewed", { product_id: "A", category: "skirts" });
    fire("pagehide");
    await origin.advance(10_000);
    expect(result).to.include({ status: "dropped", reason: "consent" });
    expect(vitrine.profile().lastViewed.category!.id).to.equal("skirts");
    expect(origin.collector.requests.map(({ path, init }) => [path, init.method])).to.deep.equal([
      ["rules", undefined],
    ]);
    expect(await origin.dump("kv")).to.deep.equal({});
    expect([...origin.storage]).to.deep.equal([]);
  });

  it("starts to count at the grant, reports it, and keeps the page's facts", async () => {
    const { vitrine } = origin.open({ consent: "pending" });
    await vitrine.ready();
    void vitrine.track("Product Viewed", { product_id: "A", category: "skirts" });
    await vitrine.consent("granted");
    void vitrine.track("Product Viewed", { product_id: "B", category: "skirts" });
    await vitrine.flush();
    expect(names(origin)).to.deep.equal(["Consent Updated", "Product Viewed"]);
    expect(origin.collector.accepted.map(({ context }) => context.writer!.seq)).to.deep.equal([1, 2]);
    expect(origin.collector.accepted[0]!.properties.purposes).to.deep.equal({
      analytics: "granted",
      personalization: "granted",
      marketing: "granted",
      camera: "pending",
    });
    expect(origin.collector.accepted[1]!.context.consent).to.deep.equal([
      "analytics",
      "personalization",
      "marketing",
    ]);
    expect(vitrine.profile().recent.map(({ id }) => id)).to.deep.equal(["B", "A"]);
  });

  it("remembers the words over pages, and they stand above the site's default", async () => {
    const first = origin.open();
    await first.vitrine.ready();
    await first.vitrine.consent("denied");
    first.kill();
    const next = origin.open({ consent: "granted" });
    void next.vitrine.track("Refused");
    await next.vitrine.ready();
    const before = origin.collector.requests.length;
    await next.vitrine.flush();
    await origin.advance(10_000);
    expect(origin.collector.requests).to.have.length(before);
    expect(Object.keys(await origin.dump("kv"))).to.deep.equal(["consent"]);
  });

  it("tells of the empty profile after a refusal, when nothing else is under way", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    void vitrine.track("Product Viewed", { product_id: "A", category: "skirts" });
    await vitrine.flush();
    await origin.advance(1_000);
    const told: number[] = [];
    vitrine.on("profile", ({ recent }) => told.push(recent.length));
    await vitrine.consent("denied");
    await origin.advance(1_000);
    expect(told).to.deep.equal([0]);
  });

  it("given a refusal with a send in flight > it sends nothing more and keeps only the record", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    for (let i = 0; i < 5; i++) void vitrine.track("Canary", { i });
    let answer: (() => void) | undefined;
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Promise((resolve) => (answer = () => resolve(undefined))) : undefined;
    void vitrine.flush();
    await origin.until("a batch is in flight", () =>
      origin.collector.requests.some(({ path }) => path === "batch"),
    );
    const refused = vitrine.consent("denied");
    await refused;
    answer!();
    const sent = origin.collector.requests.length;
    void vitrine.track("After");
    void vitrine.flush();
    await origin.advance(400_000);
    expect(origin.collector.requests).to.have.length(sent);
    expect(await origin.dump("outbox")).to.deep.equal({});
    expect(await origin.dump("tail")).to.deep.equal({});
    expect(Object.keys(await origin.dump("kv"))).to.deep.equal(["consent"]);
    expect([...origin.storage]).to.deep.equal([]);
    expect(vitrine.profile().counters).to.deep.equal({});
  });

  it("given a database that is away as the person refuses > it is emptied when it is back", async () => {
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 500 }) : undefined;
    const { vitrine, heard, kill } = origin.open();
    void vitrine.track("Canary");
    await origin.pass("it is stored", () => heard.stored!.length);
    const original = IDBDatabase.prototype.transaction;
    try {
      IDBDatabase.prototype.transaction = () => {
        throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
      };
      await vitrine.consent("denied");
    } finally {
      IDBDatabase.prototype.transaction = original;
    }
    await origin.pass("it is emptied", async () => !Object.keys(await origin.dump("outbox"))[0]);
    kill();
    origin.collector.intercept = undefined;
    const next = origin.open({ consent: "granted" });
    await next.vitrine.ready();
    await next.vitrine.flush();
    expect(names(origin)).to.deep.equal([]);
    expect(Object.keys(await origin.dump("kv"))).to.deep.equal(["consent"]);
  });

  it("refuses in every tab of the origin", async () => {
    const [one, other] = [origin.open(), origin.open()];
    await Promise.all([one.vitrine.ready(), other.vitrine.ready()]);
    await one.vitrine.consent("denied");
    await origin.pass("the other tab obeys", async () => {
      const result = await Promise.race([other.vitrine.track("Canary"), origin.advance(0)]);
      return result && result.status === "dropped";
    });
    const told: unknown[] = [];
    const channel = new BroadcastChannel(origin.name);
    channel.addEventListener("message", ({ data }) => told.push(data));
    await origin.advance(1000);
    expect(told.length).to.be.at.most(1, "tabs that refused have nothing more to tell each other");
    channel.close();
    await origin.until("all is erased", async () => Object.keys(await origin.dump("outbox")).length === 0);
  });

  it("is news only when it changes: a shop may repeat it on every page", async () => {
    const { vitrine } = origin.open({ consent: "pending" });
    await vitrine.consent("granted");
    await vitrine.consent("granted");
    await vitrine.consent({ analytics: "granted" });
    await vitrine.flush();
    expect(names(origin)).to.deep.equal(["Consent Updated"]);
  });

  it("sends what analytics allows, but remembers nobody, when personalization is refused", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    void vitrine.track("Product Viewed", { product_id: "A", category: "skirts" });
    await vitrine.consent({ personalization: "denied" });
    void vitrine.track("Product Viewed", { product_id: "B", category: "skirts" });
    await vitrine.flush();
    expect(names(origin)).to.deep.equal(["Product Viewed", "Consent Updated", "Product Viewed"]);
    expect(origin.collector.accepted[2]!.context.consent).to.deep.equal(["analytics", "marketing"]);
    expect(await origin.dump("tail")).to.deep.equal({});
    expect(vitrine.profile().recent).to.deep.equal([]);
  });

  it("takes Global Privacy Control for a refusal of marketing, whatever is granted", async () => {
    Object.defineProperty(navigator, "globalPrivacyControl", { value: true, configurable: true });
    try {
      const { vitrine } = origin.open();
      await vitrine.ready();
      await vitrine.consent({ marketing: "granted" });
      void vitrine.track("Seen");
      await vitrine.flush();
      expect(origin.collector.accepted[0]!.context.consent).to.deep.equal(["analytics", "personalization"]);
    } finally {
      Reflect.deleteProperty(navigator, "globalPrivacyControl");
    }
  });

  it("can be given again after a refusal, and starts as a new device", async () => {
    const { vitrine } = origin.open();
    const { anonymousId } = await vitrine.ready();
    await vitrine.consent("denied");
    expect(await vitrine.ready()).to.deep.equal({});
    await vitrine.consent("granted");
    void vitrine.track("Again");
    await vitrine.flush();
    expect(names(origin)).to.deep.equal(["Consent Updated", "Again"]);
    expect((await vitrine.ready()).anonymousId)
      .to.be.a("string")
      .and.not.equal(anonymousId);
  });
});
