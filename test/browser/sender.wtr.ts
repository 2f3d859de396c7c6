import { expect } from "@esm-bundle/chai";
import { createSigner } from "./support/createSigner.ts";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const batches = (origin: TestOrigin) =>
  origin.collector.requests.filter((request) => request.path === "batch");
const names = (origin: TestOrigin) => origin.collector.accepted.map((event) => event.event);

describe("sending", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  for (const [what, answer] of Object.entries({
    "a captive portal's page": () => new Response("<html>log in</html>", { status: 200 }),
    "an empty 204": () => new Response(null, { status: 204 }),
    "a 500": () => new Response("oops", { status: 500 }),
    "an answer that is cut off": () => new Response('{"results":[{"messa', { status: 200 }),
    "an answer about other events": () => new Response('{"results":[{"messageId":"x","status":"accepted"}]}'),
    "a JSON null": () => new Response("null"),
    "a 404": () => new Response("{}", { status: 404 }),
  })) {
    it(`takes ${what} for not delivered, and delivers later`, async () => {
      const { vitrine } = origin.open();
      await vitrine.ready();
      origin.collector.intercept = ({ path }) => (path === "batch" ? answer() : undefined);
      void vitrine.track("Kept");
      await vitrine.flush();
      expect(Object.keys(await origin.dump("outbox"))).to.have.length(1);
      origin.collector.intercept = undefined;
      await origin.pass("it is delivered", () => names(origin).length);
      expect(names(origin)).to.deep.equal(["Kept"]);
    });
  }

  it("takes a Segment collector's success for all that was sent", async () => {
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response('{"success":true}', { status: 200 }) : undefined;
    void vitrine.track("Product Viewed", { product_id: "A" });
    await vitrine.flush();
    expect(heard.delivered!.length).to.equal(1);
    expect(await origin.dump("outbox")).to.deep.equal({});
    expect(vitrine.profile().recent.map(({ id }) => id)).to.deep.equal(["A"]);
  });

  it("sends again what was committed without an answer, and the collector knows it", async () => {
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    let dropped = 0;
    origin.collector.intercept = async (request) => {
      if (request.path !== "batch" || dropped++) return undefined;
      origin.collector.intercept = undefined;
      await origin.collector.fetch(request.url.href, request.init);
      throw new TypeError("connection reset");
    };
    void vitrine.track("Once");
    await vitrine.flush();
    await origin.pass("it is delivered", () => heard.delivered!.length);
    expect(batches(origin)).to.have.length(3);
    expect(names(origin)).to.deep.equal(["Once"]);
  });

  it("makes no attempt before Retry-After, on this page or the next, not even when it is told to", async () => {
    const first = origin.open();
    await first.vitrine.ready();
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 503, headers: { "retry-after": "120" } }) : undefined;
    void first.vitrine.track("Patient");
    await first.vitrine.flush();
    const asked = batches(origin).length;
    first.kill();
    origin.collector.intercept = undefined;
    const next = origin.open();
    await next.vitrine.ready();
    await next.vitrine.flush();
    await origin.advance(119_000);
    expect(batches(origin)).to.have.length(asked);
    await origin.pass("it is delivered", () => names(origin).length);
    expect(origin.now()).to.be.greaterThan(Date.parse("2026-11-02T10:02:00Z"));
  });

  it("leaves what an answer does not name for later, and not before Retry-After", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    origin.collector.intercept = async ({ path, body }) => {
      if (path !== "batch") return undefined;
      origin.collector.intercept = undefined;
      const [{ messageId }] = body.batch as [{ messageId: string }];
      const results = [{ messageId, status: "accepted" }];
      return new Response(JSON.stringify({ results }), { headers: { "retry-after": "120" } });
    };
    void vitrine.track("Taken");
    void vitrine.track("Left");
    await vitrine.flush();
    await vitrine.flush();
    await origin.advance(119_000);
    expect(batches(origin)).to.have.length(1);
    expect(Object.keys(await origin.dump("outbox"))).to.have.length(1);
    await origin.pass("it is delivered", () => names(origin).length);
    expect(names(origin)).to.deep.equal(["Left"]);
  });

  it("asks an endpoint that never names its events less and less", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response('{"results":[]}') : undefined;
    void vitrine.track("Kept");
    for (let minute = 0; minute < 60; minute++) await origin.advance(60_000);
    expect(batches(origin).length).to.be.lessThan(50).and.greaterThan(8);
    expect(Object.keys(await origin.dump("outbox"))).to.have.length(1);
  });

  it("tries again at once when the network came back while an attempt was failing", async () => {
    const { vitrine, fire } = origin.open();
    await vitrine.ready();
    let fail: (() => void) | undefined;
    origin.collector.intercept = ({ path }) =>
      path === "batch"
        ? new Promise((_, reject) => (fail = () => reject(new TypeError("connection reset"))))
        : undefined;
    void vitrine.track("Waiting");
    const flushed = vitrine.flush();
    await origin.until("it is asked", () => fail);
    fire("online");
    origin.collector.intercept = undefined;
    fail!();
    await flushed;
    expect(names(origin)).to.deep.equal(["Waiting"]);
  });

  it("spreads its attempts over the whole of a doubling delay, at most five minutes", async () => {
    const { retryDelay } = await import("../../packages/browser/src/sync/retryDelay.ts");
    expect(retryDelay(3, 0)).to.equal(0);
    expect(retryDelay(3, 0.25)).to.equal(2000);
    expect(retryDelay(3, 1)).to.equal(8000);
    expect(retryDelay(12, 1)).to.equal(300_000);
    expect(retryDelay(1e6, 0.5)).to.equal(1_050_000);
  });

  it("makes at most 300 requests a day to an endpoint that is blocked for ever", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    await origin.advance(0);
    origin.collector.intercept = () => {
      throw new TypeError("blocked");
    };
    void vitrine.track("Blocked");
    const before = origin.collector.requests.length;
    // Retries that follow a step need the next one to become due.
    for (let minute = 0; minute < 24 * 60; minute += 2) await origin.advance(120_000);
    expect(origin.collector.requests.length - before)
      .to.be.lessThan(300)
      .and.greaterThan(50);
  });

  it("halves a refused batch until the culprit is alone, and delivers the others", async () => {
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    origin.collector.intercept = ({ path, text }) =>
      path === "batch" && text.includes("poison") ? new Response(null, { status: 413 }) : undefined;
    for (let i = 0; i < 60; i++) void vitrine.track(i === 41 ? "poison" : `event ${i}`);
    await vitrine.flush();
    const sent = names(origin).filter((name) => name?.startsWith("event"));
    expect(sent).to.have.length(59);
    expect(heard.drop).to.deep.include({
      messageId: (heard.drop![0] as { messageId: string }).messageId,
      reason: "refused",
    });
    // The first, one for each halving, one for what came behind, one or two for the rest.
    expect(batches(origin).length).to.be.at.most(2 * Math.ceil(Math.log2(60)) + 3);
  });

  it("loses nothing to a gateway that refuses everything, and asks it less and less", async () => {
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response("<h1>Bad Request</h1>", { status: 400 }) : undefined;
    for (let i = 0; i < 20; i++) void vitrine.track("Kept", { i });
    for (let minute = 0; minute < 60; minute++) await origin.advance(60_000);
    const asked = batches(origin).length;
    expect(heard.drop).to.deep.equal([]);
    expect(Object.keys(await origin.dump("outbox"))).to.have.length(20);
    expect(asked).to.be.lessThan(50);
    origin.collector.intercept = undefined;
    await vitrine.flush();
    expect(names(origin)).to.have.length(20);
  });

  it("puts a single rejected event among the dead letters and keeps the others", async () => {
    const { vitrine, heard } = origin.open();
    await vitrine.ready();
    origin.collector.judge = (event) =>
      event.event === "Bad" ? { status: "rejected", reason: "malformed" } : undefined;
    const bad = vitrine.track("Bad");
    void vitrine.track("Good");
    await vitrine.flush();
    expect(names(origin)).to.deep.equal(["Good"]);
    expect(heard.drop).to.have.length(1);
    expect(["stored", "dropped"]).to.include((await bad).status);
    expect(Object.keys(await origin.dump("outbox"))).to.have.length(0);
  });

  it("sends no body over 60,000 bytes, and nothing beside the device's secret to anybody but the collector", async () => {
    const { vitrine } = origin.open();
    await vitrine.ready();
    for (let i = 0; i < 100; i++) void vitrine.track("Big", { text: "ä".repeat(1500) });
    await vitrine.flush();
    const sizes = batches(origin).map(({ text }) => new Blob([text]).size);
    expect(names(origin)).to.have.length(100);
    expect(Math.max(...sizes)).to.be.at.most(60_000);
    expect(sizes.length).to.be.at.least(6);
  });

  it("says with each batch how many more wait, and by which rules the page goes", async () => {
    const { rulesKey, sign } = await createSigner();
    origin.collector.rules = await sign({ version: 7 });
    const { vitrine, heard } = origin.open({ rulesKey });
    await vitrine.ready();
    await origin.until("the rules are here", () => heard.ruleset!.length);
    for (let i = 0; i < 100; i++) void vitrine.track("Big", { text: "x".repeat(1500) });
    await vitrine.flush();
    let left = 100;
    for (const { body } of batches(origin)) {
      left -= (body.batch as unknown[]).length;
      expect(body.queued).to.equal(left);
      expect(body.rules).to.equal(7);
    }
    expect(left).to.equal(0);
  });

  it("lets the page's last events go with a request that outlives it, within 60,000 bytes; the rest stays", async () => {
    const { vitrine, fire } = origin.open();
    await vitrine.ready();
    for (let i = 0; i < 50; i++) void vitrine.track("Late", { text: "x".repeat(3000) });
    fire("pagehide");
    const last = origin.collector.requests.filter(({ init }) => init.keepalive);
    expect(last).to.have.length(1);
    expect(new Blob([last[0]!.text]).size)
      .to.be.at.most(60_000)
      .and.greaterThan(50_000);
    expect(last[0]!.init.headers).to.equal(undefined, "a header would ask for a preflight");
    await origin.until("all are stored", async () => Object.keys(await origin.dump("outbox")).length === 50);
  });

  it("reports a finished page load, once nothing of it is left, and forgets it", async () => {
    const first = origin.open();
    await first.vitrine.ready();
    void first.vitrine.track("One");
    void first.vitrine.track("Two");
    await first.vitrine.flush();
    first.kill();
    const next = origin.open();
    await next.vitrine.ready();
    await origin.advance(6000);
    void next.vitrine.track("Three");
    await next.vitrine.flush();
    expect(origin.collector.finished.map(({ last }) => last)).to.deep.equal([2]);
    expect(Object.keys(await origin.dump("kv")).filter((key) => key.startsWith("w:"))).to.have.length(1);
  });

  it("reports a finished page load whose clock was years ahead", async () => {
    const first = origin.open({}, { _now: () => origin.now() + 3.15e11 });
    await first.vitrine.ready();
    void first.vitrine.track("One");
    await first.vitrine.flush();
    first.kill();
    const next = origin.open();
    await next.vitrine.ready();
    void next.vitrine.track("Two");
    await next.vitrine.flush();
    expect(origin.collector.finished.map(({ last }) => last)).to.deep.equal([1]);
  });
});
