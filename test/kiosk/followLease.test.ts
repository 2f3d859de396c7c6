// The mirror and its server agree on a lock over a network that delays, loses and doubles what they say: the real machine, the
// real leases, and every order of arrival that fast-check finds.
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import fc from "fast-check";
import { followLease } from "../../kiosk/src/server/followLease.ts";
import type { Server } from "../../kiosk/src/server/server.ts";
import type { Look } from "../../kiosk/src/looks/look.ts";
import { TIMING, type Mirror, type MirrorEvent } from "../../kiosk/src/session/session.ts";
import { step } from "../../kiosk/src/session/step.ts";
import type { CallAnswer } from "../../kiosk/src/shell.ts";
import { createLeases } from "../../packages/server/src/kiosk/leases.ts";

const LATER_MS = 1000;
const KIOSK = "k1";
const PHONE = "p1";

/** What becomes of a question: `late` is given up by the mirror and arrives all the same, as does what is doubled. */
type Way = "there" | "request lost" | "answer lost" | "late" | "doubled";

/** Waits until the network carries something to its end. */
type Carry = (what: string) => Promise<unknown>;

/** Her session, locked and opened, and the lease of her phone at the server. */
function setScene(carry: Carry, wayOf: () => Way) {
  const leases = createLeases(
    () => 0,
    () => "l1",
  );
  leases.start({ kioskId: KIOSK, siteId: "s", scope: ["looks"], phone: PHONE });
  const read = (id: string) => leases.ofKiosk(KIOSK, id);
  const answerTo = (path: string, body: unknown): CallAnswer => {
    const [, id = "", isLock] = /^leases\/(\w+)(\/lock)?$/.exec(path)!;
    const lease = read(id);
    if (!lease) return { status: 200, body: { id, state: "ended", unknown: true } };
    const now = isLock ? leases.lock(lease, (body as { era: number }).era) : lease;
    return { status: 200, body: { id, state: now.state } };
  };
  const server: Server = {
    async ask(method, path, body) {
      const way = wayOf();
      const arrive = async () => {
        await carry(`${method} ${path}`);
        return answerTo(path, body);
      };
      if (way === "doubled") void arrive();
      if (way === "late") void arrive();
      const answer = way === "late" || way === "request lost" ? undefined : await arrive();
      await carry(`answer to ${method} ${path}`);
      return way === "answer lost" ? undefined : answer;
    },
  };

  let now = 0;
  let mirror: Mirror = { kind: "idle" };
  /** Her phone opened it since the mirror locked last. */
  let isReopened = true;
  const wrong: string[] = [];
  const send = (event: MirrorEvent, afterMs = 0) => {
    const before = mirror;
    mirror = step(mirror, event, (now += afterMs));
    if (before.kind === "open" && mirror.kind === "locked") isReopened = false;
    if (before.kind === "locked" && mirror.kind === "open" && !isReopened)
      wrong.push("it opened without her phone");
    if (mirror.kind === "ended") wrong.push("her session ended");
  };

  let followed: { key: string; stop: () => void } | undefined;
  return {
    server,
    send,
    mirror: () => mirror,
    /** What should not have happened; at last, that the mirror does not stand as her phone left it. */
    wrong: () =>
      mirror.kind === (isReopened ? "open" : "locked") ? wrong : [...wrong, `it is ${mirror.kind}`],
    leave() {
      if (mirror.kind !== "open") return;
      send({ type: "seen", who: "nobody" });
      send({ type: "tick" }, TIMING.leaveMs);
    },
    reopen() {
      const lease = leases.ofPhone(PHONE, "l1")!;
      if (lease.state !== "locked") return;
      leases.reopen(lease);
      // Where the lock that it undoes is not the newest, the newest is still on its way.
      isReopened ||= mirror.kind === "locked" && lease.lockedIn === mirror.session.era;
    },
    /** What the page does after it has painted: until then, whom it followed before is still heard. */
    render() {
      if (mirror.kind !== "open" && mirror.kind !== "locked") return;
      const { era, lease } = mirror.session;
      const key = `${lease?.id} ${era}`;
      if (followed?.key === key) return;
      followed?.stop();
      const isLocked = mirror.kind === "locked";
      const stop = followLease(server, { id: lease!.id, era, isLocked }, (heard) =>
        send({ type: "heard", lease: heard, era }),
      );
      followed = { key, stop };
    },
    stop: () => followed?.stop(),
  };
}

const useTimers = (t: TestContext) => t.mock.timers.enable({ apis: ["setInterval", "setTimeout"] });

/** Lets promises that are settled go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

const begin: MirrorEvent[] = [
  { type: "begin", id: "s1" },
  { type: "recorded", look: { id: "hers" } as Look },
  { type: "leased", lease: { id: "l1", state: "open" } },
];

describe("following a lease", () => {
  it("opens a locked mirror by her phone alone, never loses her word, and never her session", async (t) => {
    useTimers(t);
    const way = fc.constantFrom<Way>("there", "request lost", "answer lost", "late", "doubled");
    const act = fc.constantFrom("leave", "reopen", "render", "wait", "carry", "carry");
    const plan = fc.array(act, { maxLength: 60 });
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.infiniteStream(way),
      plan,
      async (net, ways, acts) => {
        let isCalm = false;
        const carry: Carry = (what) => net.schedule(Promise.resolve(), what);
        const scene = setScene(carry, () => (isCalm ? "there" : ways.next().value!));
        for (const event of begin) scene.send(event);
        const wait = async () => {
          t.mock.timers.tick(LATER_MS);
          await settle();
        };
        for (const what of acts) {
          if (what === "wait") await wait();
          else if (what !== "carry") scene[what]();
          else if (net.count() > 0) await net.waitOne();
          await settle();
        }
        isCalm = true;
        for (let rounds = 0; rounds < 4; rounds++) {
          scene.render();
          await wait();
          while (net.count() > 0) await net.waitOne();
          await settle();
        }
        scene.stop();
        assert.deepEqual(scene.wrong(), []);
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  // Regression: what was asked before the lock was answered after it, and opened the mirror before its page had painted.
  it("passes over an answer that was on its way when the mirror locked", async (t) => {
    useTimers(t);
    const waiting: (() => void)[] = [];
    const scene = setScene(
      () => new Promise<void>((resolve) => waiting.push(resolve)),
      () => "there",
    );
    t.after(() => scene.stop());
    for (const event of begin) scene.send(event);
    scene.render();
    t.mock.timers.tick(LATER_MS);
    waiting.shift()!();
    await settle();
    scene.leave();
    waiting.shift()!();
    await settle();
    assert.equal(scene.mirror().kind, "locked");
    assert.deepEqual(scene.wrong(), []);
  });

  it("tells of a lock until the server has heard of it, and asks nothing before", async (t) => {
    useTimers(t);
    const asked: string[] = [];
    let isThere = false;
    const server: Server = {
      async ask(method, path, body) {
        asked.push(`${method} ${path} ${JSON.stringify(body)}`);
        return isThere ? { status: 200, body: { id: "l1", state: "locked" } } : undefined;
      },
    };
    const stop = followLease(server, { id: "l1", era: 3, isLocked: true }, () => {});
    const wait = async () => {
      t.mock.timers.tick(LATER_MS);
      await settle();
    };
    await settle();
    await wait();
    isThere = true;
    await wait();
    await wait();
    stop();
    await wait();
    const lock = 'POST leases/l1/lock {"era":3}';
    assert.deepEqual(asked, [lock, lock, lock, "GET leases/l1 undefined"]);
  });
});
