import { expect } from "@esm-bundle/chai";
import type { JsonObject } from "@vitrine/core";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const batches = (origin: TestOrigin) =>
  origin.collector.requests.filter((request) => request.path === "batch");
const digest = async (text: string) => {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
};

describe("the device", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("certifies itself: its id is the hash of the secret that goes with the batch", async () => {
    const { vitrine } = origin.open();
    void vitrine.track("Hello");
    const { anonymousId } = await vitrine.ready();
    await vitrine.flush();
    const secret = batches(origin)[0]!.body.device as string;
    expect(secret).to.match(/^[\w-]{43}$/);
    expect(anonymousId).to.equal(`d_${(await digest(secret)).slice(0, 22)}`);
    expect(origin.collector.accepted[0]!.anonymousId).to.equal(anonymousId);
  });

  it("is one for two tabs that start at the same time, and stays over pages", async () => {
    const tabs = [origin.open(), origin.open()];
    const ids = await Promise.all(tabs.map(({ vitrine }) => vitrine.ready()));
    for (const tab of tabs) tab.kill();
    ids.push(await origin.open().vitrine.ready());
    expect(new Set(ids.map(({ anonymousId }) => anonymousId)).size).to.equal(1);
  });

  it("without WebCrypto > it has a random id and no secret, reads nothing, and still delivers", async () => {
    const { vitrine } = origin.open({}, { _subtle: undefined });
    void vitrine.track("Plain");
    expect((await vitrine.ready()).anonymousId).to.match(/^a_[\w-]{22}$/);
    await vitrine.flush();
    expect(origin.collector.accepted).to.have.length(1);
    expect(batches(origin)[0]!.body).not.to.have.property("device");
    expect(origin.collector.requests.filter(({ path }) => path === "profile")).to.have.length(0);
  });

  it("resets into a new device; what was unsent still goes out as the old one, with its secret", async () => {
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 500 }) : undefined;
    const { vitrine } = origin.open();
    const { anonymousId: old } = await vitrine.ready();
    void vitrine.track("Product Added", { product_id: "A", cart_quantity: 1 });
    await vitrine.reset();
    const { anonymousId } = await vitrine.ready();
    expect(anonymousId).not.to.equal(old);
    expect(vitrine.profile().cart.count).to.equal(0);
    void vitrine.track("New");
    origin.collector.intercept = undefined;
    await origin.pass("both arrived", () => origin.collector.accepted.length === 2);
    expect(origin.collector.accepted.map((event) => event.anonymousId)).to.deep.equal([old, anonymousId]);
    for (const { body } of batches(origin)) {
      const id = `d_${(await digest(body.device as string)).slice(0, 22)}`;
      for (const event of body.batch as JsonObject[]) expect(event.anonymousId).to.equal(id);
    }
    const writers = origin.collector.accepted.map(({ context }) => context.writer!);
    expect(writers.map(({ seq }) => seq)).to.deep.equal([1, 1], "a page load never spans two devices");
    expect(Object.keys(await origin.dump("kv"))).not.to.include("snapshot");
  });

  it("follows a reset that happened in another tab", async () => {
    const [one, other] = [origin.open(), origin.open()];
    await Promise.all([one.vitrine.ready(), other.vitrine.ready()]);
    await one.vitrine.reset();
    const { anonymousId } = await one.vitrine.ready();
    await origin.pass(
      "the other tab follows",
      async () => (await other.vitrine.ready()).anonymousId === anonymousId,
    );
  });

  it("comes back from the first-party cookie when its storage was emptied", async () => {
    const first = origin.open({ cookie: true });
    const { anonymousId } = await first.vitrine.ready();
    await origin.until("the cookie is set", () => origin.collector.cookie);
    first.kill();
    await origin.deleteDatabase();
    const next = origin.open({ cookie: true });
    expect(await next.vitrine.ready()).to.deep.equal({ anonymousId });
    void next.vitrine.track("Product Added", { product_id: "A" });
    await next.vitrine.flush();
    expect(origin.collector.accepted[0]!.properties.approximate).to.equal(
      true,
      "its history is not here yet",
    );
  });

  it("asks no cookie unless the shop turned it on, and none twice", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    expect(origin.collector.requests.filter(({ path }) => path === "device")).to.have.length(0);
  });

  it("a second person's proof starts a new device first, and the token is asked for that one", async () => {
    const { vitrine } = origin.open();
    const { anonymousId: first } = await vitrine.ready();
    const asked: string[] = [];
    const proof = (id: string) => {
      asked.push(id);
      return `token for ${id}`;
    };
    origin.collector.judge = ({ context }) =>
      (context as JsonObject).proof ? { proof: "proven" } : undefined;
    await origin.settle(vitrine.identify("anna", {}, { proof }));
    await origin.settle(vitrine.identify("anna", {}, { proof }));
    await origin.settle(vitrine.identify("ben", {}, { proof }));
    await vitrine.flush();
    const { anonymousId: second } = await vitrine.ready();
    expect(asked).to.deep.equal([first, first, second]);
    expect(second).not.to.equal(first);
    const claims = origin.collector.accepted.map(({ anonymousId, userId }) => [anonymousId, userId]);
    expect(claims).to.deep.equal([
      [first, "anna"],
      [first, "anna"],
      [second, "ben"],
    ]);
  });

  it("becomes a new device when the collector says that this one is another person's", async () => {
    const { vitrine } = origin.open();
    const { anonymousId: first } = await vitrine.ready();
    origin.collector.judge = ({ anonymousId }) => ({
      proof: anonymousId === first ? "other_person" : "proven",
    });
    await origin.settle(vitrine.identify("ben", {}, { proof: (id) => `token for ${id}` }));
    await vitrine.flush();
    await origin.pass("ben is proven on a new device", () => origin.collector.accepted.length === 2);
    expect(origin.collector.accepted[1]!.anonymousId).not.to.equal(first);
    expect(origin.collector.accepted[1]!.context.proof).to.equal(
      `token for ${origin.collector.accepted[1]!.anonymousId}`,
    );
  });

  it("says the user id with later events, as a claim, until reset", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    await origin.settle(vitrine.identify("anna", { plan: "gold" }));
    void vitrine.track("Claimed");
    await vitrine.reset();
    void vitrine.track("Nobody");
    await vitrine.flush();
    const claims = origin.collector.accepted.map(({ event, userId }) => [event, userId]);
    expect(claims).to.deep.equal([
      [undefined, "anna"],
      ["Claimed", "anna"],
      ["Nobody", undefined],
    ]);
    expect(origin.collector.accepted[0]!.traits).to.deep.equal({ plan: "gold" });
  });
});
