import { expect } from "@esm-bundle/chai";
import { createTestOrigin, type TestOrigin } from "./support/testOrigin.ts";

const names = (origin: TestOrigin) => origin.collector.accepted.map((event) => event.event);
const batches = (origin: TestOrigin) => origin.collector.requests.filter(({ path }) => path === "batch");

describe("several tabs", () => {
  let origin: TestOrigin;
  beforeEach(() => (origin = createTestOrigin()));
  afterEach(() => origin.close());

  it("have one sender: what the others write goes out with it, once", async () => {
    const tabs = [origin.open(), origin.open(), origin.open()];
    await Promise.all(tabs.map(({ vitrine }) => vitrine.ready()));
    for (const { vitrine } of tabs) for (let i = 0; i < 10; i++) void vitrine.track(`event ${i}`);
    // Small steps: the store needs real time, in which the stand-ins must not become due.
    await origin.pass("all arrive", () => names(origin).length === 30, 5);
    await origin.advance(6000);
    expect(names(origin)).to.have.length(30);
    const sent = batches(origin).flatMap(({ body }) => body.batch as { messageId: string }[]);
    expect(sent.length).to.be.at.most(40, "hardly anything is sent twice");
    await origin.pass("every tab knows", () => tabs.every(({ heard }) => heard.delivered!.length >= 10));
  });

  it("go on when the leader is killed", async () => {
    const leader = origin.open();
    await leader.vitrine.ready();
    await origin.advance(10);
    const other = origin.open();
    await other.vitrine.ready();
    leader.kill();
    const before = origin.now();
    void other.vitrine.track("Go on");
    await origin.pass("it is sent", () => names(origin).length);
    expect(origin.now() - before).to.be.at.most(5000);
  });

  it("call no page finished before its last words were read, of which it could tell nobody", async () => {
    const page = origin.open({}, { _openChannel: () => undefined });
    void page.vitrine.track("First");
    await page.vitrine.ready();
    await page.vitrine.flush();
    const other = origin.open();
    await other.vitrine.ready();
    origin.collector.intercept = ({ path }) =>
      path === "batch" ? new Response(null, { status: 500 }) : undefined;
    void page.vitrine.track("Last");
    await origin.pass("it is stored", () => page.heard.stored!.length);
    page.kill();
    origin.collector.intercept = undefined;
    await origin.advance(6000);
    void other.vitrine.track("Other");
    await origin.pass("all arrive", () => names(origin).length === 3);
    await origin.pass("the page is reported", async () => {
      void other.vitrine.track("Other");
      await origin.advance(1000);
      return origin.collector.finished.length;
    });
    expect(origin.collector.finished.map(({ last }) => last)).to.deep.equal([2]);
  });

  it("go on within five seconds and a lease when the leader is frozen with its lock", async () => {
    const leader = origin.open();
    await leader.vitrine.ready();
    await origin.advance(10);
    void leader.vitrine.track("First");
    await leader.vitrine.flush();
    const other = origin.open();
    await other.vitrine.ready();
    leader.freeze();
    const before = origin.now();
    void other.vitrine.track("Go on");
    await origin.pass("it is sent", () => names(origin).includes("Go on"));
    // Of the fake clock, which goes on in steps while real IndexedDB answers: five seconds, and a step or two.
    expect(origin.now() - before).to.be.at.most(6000);
  });

  it("are led by a visible one: a hidden leader yields", async () => {
    const leader = origin.open();
    await leader.vitrine.ready();
    await origin.advance(10);
    const visible = origin.open();
    await visible.vitrine.ready();
    leader.show(false);
    await origin.advance(100);
    leader.freeze();
    const before = origin.now();
    void visible.vitrine.track("Led");
    await origin.pass("it is sent", () => names(origin).length);
    expect(origin.now() - before).to.be.at.most(1000, "sooner than a stand-in would");
  });

  it("all learn of a grant that was given in one of them", async () => {
    const [one, other] = [origin.open({ consent: "pending" }), origin.open({ consent: "pending" })];
    await Promise.all([one.vitrine.ready(), other.vitrine.ready()]);
    await one.vitrine.consent("granted");
    const { anonymousId } = await one.vitrine.ready();
    await origin.pass(
      "the other is granted",
      async () => (await other.vitrine.ready()).anonymousId === anonymousId,
    );
    void other.vitrine.track("Granted");
    await origin.pass("it arrives", () => names(origin).includes("Granted"));
  });

  it("work without Web Locks, and where they throw", async () => {
    const throwing = {
      request() {
        throw new DOMException("sandbox", "SecurityError");
      },
      query: () => Promise.reject(new DOMException("sandbox", "SecurityError")),
    } as never;
    const tabs = [origin.open({}, { _locks: undefined }), origin.open({}, { _locks: throwing })];
    await Promise.all(tabs.map(({ vitrine }) => vitrine.ready()));
    for (const { vitrine } of tabs) void vitrine.track("Lockless");
    await origin.pass("both arrive", () => names(origin).length === 2);
  });

  it("show each other's cart", async () => {
    const [one, other] = [origin.open(), origin.open()];
    await Promise.all([one.vitrine.ready(), other.vitrine.ready()]);
    void one.vitrine.track("Product Added", { product_id: "A" });
    await origin.pass("the other shows it", () => other.vitrine.profile().cart.count === 1);
  });

  it("share one session, which an idle tab neither prolongs nor replaces", async () => {
    const { createSession } = await import("../../packages/browser/src/identity/session.ts");
    const { browserPlatform } = await import("../../packages/browser/src/platform.ts");
    let now = 1e12;
    const items = new Map<string, string>();
    const _storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    } as Storage;
    const tab = () => createSession({ ...browserPlatform(), _now: () => now, _storage });
    const [busy, idle] = [tab(), tab()];
    busy._touch(true);
    idle._touch(true);
    const id = busy._sessionId();
    expect([busy._isNewSession(), idle._isNewSession()]).to.deep.equal([true, false]);
    for (let minute = 0; minute < 40; minute++) {
      now += 60_000;
      busy._touch(true);
    }
    idle._touch(true);
    expect(idle._sessionId()).to.equal(id);
    now += 31 * 60_000;
    idle._touch(true);
    expect(idle._sessionId()).not.to.equal(id);
    expect(idle._isNewSession()).to.equal(true);
    busy._touch(true);
    expect(busy._sessionId()).to.equal(idle._sessionId());
    expect(busy._isNewSession()).to.equal(false);
  });
});
