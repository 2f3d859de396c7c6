import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Look } from "../../kiosk/src/looks/look.ts";
import type { Lease } from "../../kiosk/src/session/lease.ts";
import {
  MAX_EXTENSIONS,
  MAX_LOOKS,
  MAX_TRIED,
  TIMING,
  type Mirror,
  type MirrorEvent,
} from "../../kiosk/src/session/session.ts";
import { step } from "../../kiosk/src/session/step.ts";

const lease: Lease = { id: "l1", state: "open" };
const look = (id: string) => ({ id }) as Look;

/** Runs events, each `[ms since the last, event]`. */
function run(...events: [after: number, event: MirrorEvent][]): Mirror {
  let mirror: Mirror = { kind: "idle" };
  let now = 0;
  for (const [after, event] of events) mirror = step(mirror, event, (now += after));
  return mirror;
}

const begin: [number, MirrorEvent] = [0, { type: "begin", id: "s1" }];
const leased: [number, MirrorEvent] = [0, { type: "leased", lease }];
/** What the server says of a lease when it is asked in an era: 0 before the first lock, 1 in it. */
const heard = (state: Lease["state"], era: number, id: string = lease.id): [number, MirrorEvent] => [
  0,
  { type: "heard", lease: { id, state }, era },
];
const seen = (who: "nobody" | "one" | "second", after = 0): [number, MirrorEvent] => [
  after,
  { type: "seen", who },
];
const tick = (after: number): [number, MirrorEvent] => [after, { type: "tick" }];
const record: [number, MirrorEvent] = [0, { type: "record" }];

describe("the mirror's session", () => {
  it("says hello to somebody, and forgets her when she only passed by", () => {
    assert.equal(run(seen("one")).kind, "hello");
    assert.equal(run(seen("one"), seen("nobody")).kind, "idle");
    assert.equal(run(seen("one"), begin).kind, "open");
  });

  it("shows what was scanned wherever she is, but not while she turns, and forgets it on the way elsewhere", () => {
    const scan = { kind: "number", number: "04006381333931" } as const;
    const scanned: [number, MirrorEvent] = [0, { type: "scanned", scan }];
    assert.equal(run(scanned).kind, "idle", "a scanner that nobody began with begins nothing by itself");
    const shown = run(begin, [0, { type: "go", place: "looks" }], scanned);
    assert.ok(shown.kind === "open" && shown.session.place === "article" && shown.session.scan === scan);
    const turning = run(begin, record, scanned);
    assert.ok(turning.kind === "open" && turning.session.place === "mirror" && turning.session.take);
    const left = run(begin, scanned, [0, { type: "go", place: "article" }]);
    assert.ok(left.kind === "open" && left.session.scan === undefined);
  });

  it("says that looks are lost when their storage is, whatever failed with it", () => {
    const recorded: [number, MirrorEvent] = [0, { type: "recorded", look: look("a") }];
    const lost: [number, MirrorEvent] = [0, { type: "lost" }];
    const failed: [number, MirrorEvent] = [0, { type: "failed", notice: "disk_full" }];
    for (const events of [
      [lost, failed],
      [failed, lost],
    ]) {
      const mirror = run(begin, recorded, ...events);
      assert.ok(mirror.kind === "open" && mirror.session.looks.length === 0);
      assert.equal(mirror.session.notice, "looks_lost");
    }
    const nothing = run(begin, lost, failed);
    assert.ok(nothing.kind === "open" && nothing.session.notice === "disk_full", "there was nothing to lose");
    const locked = run(begin, leased, recorded, seen("nobody"), tick(TIMING.leaveMs), lost);
    assert.ok(locked.kind === "locked" && locked.session.looks.length === 0);
  });

  it("remembers what was scanned, newest first, each once, and so many", () => {
    const tried = (sku: string): [number, MirrorEvent] => [0, { type: "tried", article: { sku, name: sku } }];
    const skus = Array.from({ length: MAX_TRIED + 2 }, (_, i) => `s${i}`);
    const mirror = run(begin, ...skus.map(tried), tried("s9"));
    assert.ok(mirror.kind === "open");
    const kept = mirror.session.tried.map(({ sku }) => sku);
    assert.equal(kept.length, MAX_TRIED);
    assert.deepEqual(kept.slice(0, 2), ["s9", skus.at(-1)]);
    assert.equal(new Set(kept).size, MAX_TRIED);
  });

  it("locks within three seconds after she left, when her phone can open it again", () => {
    const left = [begin, leased, seen("nobody")] as const;
    assert.equal(run(...left, tick(TIMING.leaveMs - 1)).kind, "open");
    const locked = run(...left, tick(TIMING.leaveMs));
    assert.equal(locked.kind, "locked");
    assert.equal(
      run(...left, tick(TIMING.leaveMs), seen("one"), tick(1000)).kind,
      "locked",
      "by nobody else",
    );
    assert.equal(run(...left, tick(TIMING.leaveMs), heard("open", 1)).kind, "open", "her phone");
    assert.equal(
      run(...left, tick(TIMING.leaveMs), heard("open", 1, "l2")).kind,
      "locked",
      "another's phone",
    );
    assert.equal(run(...left, tick(TIMING.leaveMs), tick(TIMING.lockMs)).kind, "ended");
  });

  // Regression: an answer that was on its way when she left opened the mirror, and the next one ended her session.
  it("does not open to what the server said before it knew of the lock", () => {
    const left = [begin, leased, seen("nobody"), tick(TIMING.leaveMs)] as const;
    assert.equal(run(...left, heard("open", 0)).kind, "locked");
    const back = [...left, heard("open", 0), heard("locked", 1), heard("open", 1)] as const;
    const reopened = run(...back);
    assert.ok(reopened.kind === "open" && reopened.session.era === 2, "her phone still opens it");
    assert.equal(run(...back, heard("locked", 1)).kind, "open", "what it said of the lock is over");
    const again = [...back, seen("nobody"), tick(TIMING.leaveMs)] as const;
    for (const era of [0, 1, 2])
      assert.equal(run(...again, heard("open", era)).kind, "locked", "nor in an earlier lock");
    assert.equal(run(...again, heard("open", 3)).kind, "open");
  });

  it("locks, and does not end, when the server says that it is locked", () => {
    const locked = run(begin, leased, [0, { type: "recorded", look: look("a") }], heard("locked", 0));
    assert.ok(locked.kind === "locked" && locked.session.looks.length === 1 && locked.session.era === 1);
    assert.equal(run(begin, leased, heard("locked", 0), heard("open", 1)).kind, "open");
  });

  // Regression: a restart of the server ended the session of everybody who had paired a phone.
  it("lets go of a phone that the server does not know, says so, and keeps her looks", () => {
    const recorded: [number, MirrorEvent] = [0, { type: "recorded", look: look("a") }];
    const open = [begin, recorded, leased] as const;
    const kept = run(...open, heard("unknown", 0));
    assert.ok(kept.kind === "open" && !kept.session.lease && kept.session.id === "s1");
    assert.equal(kept.session.notice, "phone_forgotten");
    assert.deepEqual(
      kept.session.looks.map(({ id }) => id),
      ["a"],
    );
    const taking = run(...open, record, heard("unknown", 0));
    assert.ok(taking.kind === "open" && taking.session.take, "a recording goes on");
    const offers = run(...open, [0, { type: "go", place: "offers" }], heard("unknown", 0));
    assert.ok(offers.kind === "open" && offers.session.place === "mirror", "what it lent goes");
    const idle = run(...open, tick(TIMING.warnMs), heard("unknown", 0));
    assert.ok(idle.kind === "open" && idle.warnedUntil !== undefined, "she is still asked");
    for (const late of ["open", "locked", "ended"] as const) {
      const after = run(...open, heard("unknown", 0), heard(late, 0));
      assert.ok(after.kind === "open" && !after.session.lease, "an older answer brings nothing back");
    }
    const another: [number, MirrorEvent] = [0, { type: "leased", lease: { ...lease, id: "l2" } }];
    const anew = run(...open, heard("unknown", 0), another, seen("nobody"), tick(TIMING.leaveMs));
    assert.equal(anew.kind, "locked", "a new pairing locks again");
    const gone = run(...open, heard("unknown", 0), seen("nobody"), tick(TIMING.leaveMs));
    assert.equal(gone.kind, "ended", "no phone could open it again");
  });

  it("ends when it is locked and the server does not know the phone that alone could open it", () => {
    const left = [begin, leased, seen("nobody"), tick(TIMING.leaveMs)] as const;
    const over = run(...left, heard("unknown", 1));
    assert.ok(over.kind === "ended" && over.why === "expired");
    assert.equal(run(...left, heard("unknown", 0)).kind, "locked", "asked before the lock, it is no news");
  });

  it("ends within three seconds after she left, when there is no phone", () => {
    assert.equal(run(begin, seen("nobody"), tick(TIMING.leaveMs)).kind, "ended");
    assert.equal(
      run(begin, seen("nobody"), seen("one", 2900), tick(2900)).kind,
      "open",
      "she came back in time",
    );
  });

  it("warns of idleness, and can be put off ten times", () => {
    const warned = run(begin, leased, tick(TIMING.warnMs));
    assert.ok(warned.kind === "open" && warned.warnedUntil === TIMING.warnMs + TIMING.graceMs);
    assert.equal(run(begin, leased, tick(TIMING.warnMs), tick(TIMING.graceMs)).kind, "locked");
    const more: [number, MirrorEvent][] = Array.from({ length: MAX_EXTENSIONS }, () => [
      TIMING.warnMs,
      { type: "extend" },
    ]);
    assert.equal(run(begin, leased, ...more).kind, "open");
    assert.equal(run(begin, leased, ...more, [0, { type: "extend" }]).kind, "locked");
  });

  it("takes any touch as an answer to the warning", () => {
    const touched = run(begin, tick(TIMING.warnMs), [10, { type: "touch" }]);
    assert.ok(touched.kind === "open" && touched.warnedUntil === undefined);
  });

  it("asks before the server ends the lease, however active she is, and only her word puts it off", () => {
    const soon = TIMING.graceMs + TIMING.countdownMs + TIMING.takeMs;
    const endsAt = 100_000;
    const ending: [number, MirrorEvent] = [0, { type: "leased", lease: { ...lease, endsAt } }];
    const touch: [number, MirrorEvent] = [0, { type: "touch" }];
    const active: [number, MirrorEvent][] = [begin, ending, [endsAt - soon - 1, touch[1]]];
    const warnedOf = (mirror: Mirror) => (mirror.kind === "open" ? mirror.warnedUntil : 0);
    assert.equal(warnedOf(run(...active, tick(0))), undefined, "not before");
    const until = endsAt - soon + TIMING.graceMs;
    assert.equal(warnedOf(run(...active, tick(1))), until);
    assert.ok(until < endsAt, "the answer reaches the server in time");
    assert.equal(warnedOf(run(...active, tick(1), touch)), until, "a touch is no word");
    assert.equal(run(...active, tick(1), touch, tick(TIMING.graceMs)).kind, "locked");
    const word: [number, MirrorEvent] = [0, { type: "extend" }];
    const given = run(...active, tick(1), word, tick(100));
    assert.ok(given.kind === "open" && given.warnedUntil === undefined && given.session.extended === 1);
    const late: [number, MirrorEvent] = [
      9,
      { type: "heard", era: 0, lease: { ...lease, endsAt: endsAt + 5 } },
    ];
    assert.equal(warnedOf(run(...active, tick(1), word, late, tick(9))), undefined, "she said so already");
    const again = { ...lease, endsAt: endsAt + 600_000 };
    const heard: [number, MirrorEvent] = [9, { type: "heard", era: 0, lease: again }];
    const nextEnd = run(...active, tick(1), word, late, heard, [600_000, touch[1]], tick(1));
    assert.ok(warnedOf(nextEnd)! > endsAt, "the next end is another question");
    assert.equal(
      warnedOf(run(...active, tick(1), word, [9, { type: "leased", lease: again }], tick(9))),
      undefined,
    );
    const taking = run(begin, ending, [endsAt - soon - 1, { type: "record" }], tick(1));
    assert.equal(warnedOf(taking), undefined, "a recording comes to its end first");
  });

  it("says that it let go of her phone when the lease is over and no server could make it longer, and keeps her looks", () => {
    const endsAt = 100_000;
    const lent = { ...lease, endsAt, attribution: "hers" };
    const ending: [number, MirrorEvent] = [0, { type: "leased", lease: lent }];
    const soon = TIMING.graceMs + TIMING.countdownMs + TIMING.takeMs;
    const recorded: [number, MirrorEvent] = [0, { type: "recorded", look: look("a") }];
    const active: [number, MirrorEvent][] = [begin, recorded, ending, [endsAt - soon, { type: "touch" }]];
    const word: [number, MirrorEvent] = [1, { type: "extend" }];
    const asked = run(...active, tick(0));
    assert.ok(asked.kind === "open" && asked.warnedUntil !== undefined, "asked before");
    const waiting = run(...active, tick(0), word, tick(soon - 2));
    assert.ok(waiting.kind === "open" && waiting.session.lease && waiting.warnedUntil === undefined);
    const over = run(...active, tick(0), word, [0, { type: "go", place: "offers" }], tick(soon - 1));
    assert.ok(over.kind === "open" && !over.session.lease, "nothing of what was lent outlives the lease");
    assert.equal(over.session.notice, "phone_let_go");
    assert.equal(over.session.place, "mirror");
    assert.deepEqual(
      over.session.looks.map(({ id }) => id),
      ["a"],
    );
    const gone = run(...active, tick(0), word, tick(soon - 1), seen("nobody"), tick(TIMING.leaveMs));
    assert.equal(gone.kind, "ended", "no phone could open it again");
    const heard: [number, MirrorEvent] = [
      5,
      { type: "leased", lease: { ...lent, endsAt: endsAt + 600_000 } },
    ];
    const longer = run(...active, tick(0), word, heard, tick(soon));
    assert.ok(longer.kind === "open" && longer.session.lease && longer.session.notice === undefined);
    const silent = run(...active, tick(0), tick(TIMING.graceMs));
    assert.equal(silent.kind, "locked", "who gives no word is not there");
  });

  it("takes its question back when the lease lasts again without her word", () => {
    const until = (endsAt: number): [number, MirrorEvent] => [
      0,
      { type: "leased", lease: { ...lease, endsAt } },
    ];
    const asked = run(begin, until(20_000), tick(1));
    assert.ok(asked.kind === "open" && asked.warnedUntil !== undefined);
    const longer = run(begin, until(20_000), tick(1), until(600_000), tick(TIMING.graceMs));
    assert.ok(longer.kind === "open" && longer.warnedUntil === undefined);
  });

  it("counts down, records, keeps", () => {
    const takeOf = (mirror: Mirror) => (mirror.kind === "open" ? mirror.session.take?.step : undefined);
    assert.equal(takeOf(run(begin, record)), "countdown");
    assert.equal(takeOf(run(begin, record, tick(TIMING.countdownMs))), "recording");
    assert.equal(takeOf(run(begin, record, tick(TIMING.countdownMs), tick(TIMING.takeMs))), "keeping");
    const kept = run(begin, record, [0, { type: "recorded", look: look("a") }]);
    assert.ok(kept.kind === "open" && kept.session.looks.length === 1 && kept.session.place === "looks");
  });

  it("gives who turns slowly twice or three times as long, and keeps no more of it in all", () => {
    const pace: [number, MirrorEvent] = [0, { type: "pace" }];
    const takeOf = (mirror: Mirror) => (mirror.kind === "open" ? mirror.session.take?.step : undefined);
    for (const [paces, factor] of [
      [[pace], 2],
      [[pace, pace], 3],
      [[pace, pace, pace], 1],
    ] as const) {
      const recording = [begin, ...paces, record, tick(TIMING.countdownMs)];
      assert.equal(takeOf(run(...recording, tick(TIMING.takeMs * factor - 1))), "recording");
      assert.equal(takeOf(run(...recording, tick(TIMING.takeMs * factor))), "keeping");
      assert.equal(
        takeOf(run(...recording, pace, tick(TIMING.takeMs * factor))),
        "keeping",
        "not while it runs",
      );
    }
    const recorded = (id: string): [number, MirrorEvent] => [0, { type: "recorded", look: look(id) }];
    const slow = (id: string) => [record, tick(TIMING.countdownMs), tick(TIMING.takeMs * 3), recorded(id)];
    const two = [begin, pace, pace, ...slow("a"), ...slow("b")];
    assert.equal(takeOf(run(...two, record)), undefined, "three times three are nine");
    const full = run(...two, record);
    assert.ok(full.kind === "open" && full.session.notice === "too_many_looks");
    assert.equal(takeOf(run(...two, pace, record)), "countdown", "a shorter one fits");
  });

  it("puts a countdown off for who needs longer, and nothing else", () => {
    const wait: [number, MirrorEvent] = [0, { type: "wait" }];
    const takeOf = (mirror: Mirror) => (mirror.kind === "open" ? mirror.session.take?.step : undefined);
    const late = TIMING.countdownMs + TIMING.waitMs;
    assert.equal(takeOf(run(begin, record, wait, tick(late - 1))), "countdown");
    assert.equal(takeOf(run(begin, record, wait, tick(late))), "recording");
    const recording = [begin, record, tick(TIMING.countdownMs), wait] as const;
    assert.equal(takeOf(run(...recording, tick(TIMING.takeMs))), "keeping");
  });

  it("takes who touches for somebody who is there, though the camera does not see her", () => {
    const gone = [begin, seen("nobody")] as const;
    const late = TIMING.leaveMs - 1;
    assert.equal(run(...gone, [late, { type: "touch" }], tick(late)).kind, "open");
    assert.equal(run(...gone, [late, { type: "touch" }], tick(TIMING.leaveMs)).kind, "ended");
  });

  it("does not take a camera that sees nothing for her leaving, and asks whether she is there when nobody touches it", () => {
    const blind: [number, MirrorEvent] = [TIMING.leaveMs - 1, { type: "blind" }];
    const waiting = [begin, seen("nobody"), blind, tick(TIMING.leaveMs)] as const;
    assert.equal(run(...waiting).kind, "open");
    const asked = run(...waiting, tick(TIMING.warnMs));
    assert.ok(asked.kind === "open" && asked.warnedUntil !== undefined);
    assert.equal(run(...waiting, tick(TIMING.warnMs), tick(TIMING.graceMs)).kind, "ended");
  });

  it("stops a recording when a second person comes into the picture, and says so", () => {
    const stopped = run(begin, record, tick(TIMING.countdownMs), seen("second"));
    assert.ok(stopped.kind === "open" && !stopped.session.take && stopped.session.notice === "second_person");
  });

  it("keeps no more looks than fit, and says so", () => {
    const many = Array.from({ length: MAX_LOOKS }, (_, at): [number, MirrorEvent] => [
      0,
      { type: "recorded", look: look(String(at)) },
    ]);
    const full = run(begin, ...many, record);
    assert.ok(full.kind === "open" && !full.session.take && full.session.notice === "too_many_looks");
  });

  it("never shows a session that is locked or over, whatever happens, except to its phone", () => {
    const anything = fc.oneof(
      fc.constantFrom<MirrorEvent>(
        { type: "tick" },
        { type: "touch" },
        { type: "extend" },
        { type: "record" },
        { type: "cancel" },
        { type: "seen", who: "one" },
        { type: "seen", who: "second" },
        { type: "seen", who: "nobody" },
        { type: "blind" },
        { type: "go", place: "looks", shown: ["a"] },
        { type: "recorded", look: look("a") },
        { type: "leased", lease: { ...lease, id: "another" } },
        { type: "heard", lease: { ...lease, id: "another" }, era: 1 },
        { type: "heard", lease, era: 0 },
        { type: "heard", lease: { ...lease, state: "unknown" }, era: 1 },
        { type: "begin", id: "s2" },
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5000), anything)), (events) => {
        let mirror: Mirror = run(
          begin,
          leased,
          [0, { type: "recorded", look: look("hers") }],
          seen("nobody"),
          tick(3000),
        );
        let now = 3000;
        assert.equal(mirror.kind, "locked");
        for (const [after, event] of events) {
          mirror = step(mirror, event, (now += after));
          if (mirror.kind === "open") assert.ok(!mirror.session.looks.some(({ id }) => id === "hers"));
        }
      }),
    );
  });
});
