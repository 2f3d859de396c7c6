// What the mirror tells of its sessions: each change once, and nothing of whose it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Look } from "../../kiosk/src/looks/look.ts";
import type { Mirror, MirrorEvent } from "../../kiosk/src/session/session.ts";
import { step } from "../../kiosk/src/session/step.ts";
import { tryOnsOf } from "../../kiosk/src/tryOns/tryOnsOf.ts";
import { parseTryOn } from "../../packages/core/src/index.ts";

const look = (id: string): Look => ({ id, clip: {} as Look["clip"], turn: {} as Look["turn"] });
const BLOUSE = { sku: "B8", name: "Blouse" };
const LEASE = { id: "ls_1", state: "open" as const };

/** Runs a mirror, and says what it told. */
function told(events: readonly MirrorEvent[]) {
  let mirror: Mirror = { kind: "idle" };
  let now = 0;
  const all = [];
  for (const event of events) {
    const next = step(mirror, event, (now += 500));
    all.push(...tryOnsOf(mirror, next));
    mirror = next;
  }
  return all;
}
const eventsOf = (events: readonly MirrorEvent[]) => told(events).map(({ event }) => event);

test("a session is told from its start to its end, with the looks and what was worn", () => {
  assert.deepEqual(
    eventsOf([
      { type: "seen", who: "one" },
      { type: "begin", id: "s1" },
      { type: "recorded", look: look("a") },
      { type: "tag", look: "a", article: BLOUSE },
      { type: "tag", look: "a", article: BLOUSE },
      { type: "recorded", look: look("b") },
      { type: "discard", look: "a" },
      { type: "done" },
      { type: "destroyed" },
    ]),
    [
      { name: "Mirror Session Started" },
      { name: "Look Recorded", look: 1 },
      { name: "Product Tried On", sku: "B8" },
      { name: "Look Recorded", look: 2 },
      { name: "Mirror Session Ended", reason: "done", looks: 1 },
    ],
  );
});

test("a garment whose label said its size is told as that very piece, and another size of it anew", () => {
  const inSize = (size: string) => ({ ...BLOUSE, size, sizeSku: `B8-${size}` });
  const events = eventsOf([
    { type: "begin", id: "s1" },
    { type: "recorded", look: look("a") },
    { type: "tag", look: "a", article: inSize("M") },
    { type: "tag", look: "a", article: inSize("M") },
    { type: "tag", look: "a", article: inSize("L") },
  ]);
  const tried = events.flatMap((event) => (event.name === "Product Tried On" ? [event.sku] : []));
  assert.deepEqual(tried, ["B8-M", "B8-L"]);
});

test("what happens while a phone lends its profile goes with the word it lent, and not what was before", () => {
  const lease = { ...LEASE, attribution: "word" };
  const all = told([
    { type: "begin", id: "s1" },
    { type: "recorded", look: look("a") },
    { type: "leased", lease },
    { type: "recorded", look: look("b") },
    { type: "done" },
  ]);
  assert.deepEqual(
    all.map(({ session }) => session.lease?.attribution),
    [undefined, undefined, "word", "word"],
  );
});

test("whatever happens: one start and one end a session, each look once, only known events", () => {
  const event: fc.Arbitrary<MirrorEvent> = fc.oneof(
    fc.constantFrom<MirrorEvent>(
      { type: "tick" },
      { type: "touch" },
      { type: "extend" },
      { type: "record" },
      { type: "cancel" },
      { type: "done" },
      { type: "destroyed" },
      { type: "seen", who: "one" },
      { type: "seen", who: "nobody" },
      { type: "leased", lease: LEASE },
      { type: "heard", lease: LEASE, era: 1 },
      { type: "heard", lease: { ...LEASE, state: "locked" }, era: 0 },
      { type: "heard", lease: { ...LEASE, state: "ended" }, era: 0 },
      { type: "heard", lease: { ...LEASE, state: "unknown" }, era: 0 },
      { type: "go", place: "looks" },
      { type: "tag", look: "l0", article: BLOUSE },
      { type: "discard", look: "l0" },
    ),
    fc.nat({ max: 1 }).map((): MirrorEvent => ({ type: "begin", id: "" })),
    fc.nat({ max: 1 }).map((): MirrorEvent => ({ type: "recorded", look: look("") })),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let number = 0;
      // A session and a look are new each time; as on the page, where both have random ids.
      const named = events.map((one): MirrorEvent => {
        if (one.type === "begin") return { ...one, id: `s${number++}` };
        return one.type === "recorded" ? { ...one, look: look(`l${number++}`) } : one;
      });
      const all = told(named);
      const open = new Set<string>();
      for (const { session, event } of all) {
        assert.deepEqual(parseTryOn(event), event);
        if (event.name === "Mirror Session Started") {
          assert.ok(!open.has(session.id));
          open.add(session.id);
        } else assert.ok(open.has(session.id), `${event.name} outside of a session`);
        if (event.name === "Mirror Session Ended") open.delete(session.id);
      }
      assert.ok(open.size <= 1);
    }),
    { numRuns: 500 },
  );
});
