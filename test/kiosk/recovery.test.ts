// When a page starts anew, and when the safe page takes its place; all on a clock of our own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRecovery, SAFE_PAGE_MS } from "../../kiosk/shell/src/shared/recovery.ts";
import { createRestartBudget, RESTART_BUDGET } from "../../kiosk/shell/src/shared/restartBudget.ts";

function createScene() {
  const clock = { now: 0 };
  const shown: string[] = [];
  const recovery = createRecovery({
    stage: {
      renew: async () => void shown.push("mirror"),
      showSafePage: async () => void shown.push("safe"),
    },
    silenceMs: 4_000,
    startMs: 30_000,
    now: () => clock.now,
    log: () => undefined,
  });
  /** Lets time pass as the timers of a running mirror do. */
  const pass = (ms: number, beats = false) => {
    for (const end = clock.now + ms; clock.now < end;) {
      clock.now += 500;
      if (beats) recovery.beat();
      recovery.check();
    }
  };
  return { clock, shown, recovery, pass };
}

test("budget: three restarts a minute, and a minute later three more", () => {
  const clock = { now: 0 };
  const spend = createRestartBudget({ ...RESTART_BUDGET, now: () => clock.now });
  assert.deepEqual([spend(), spend(), spend(), spend()], ["restart", "restart", "restart", "safe"]);
  clock.now = 59_999;
  assert.equal(spend(), "safe");
  clock.now = 60_000;
  assert.equal(spend(), "restart");
});

test("a page that beats stays; one that falls silent starts anew within five seconds", () => {
  const { shown, recovery, pass } = createScene();
  recovery.show();
  pass(600_000, true);
  assert.deepEqual(shown, ["mirror"]);
  pass(4_500);
  assert.deepEqual(shown, ["mirror", "mirror"]);
});

test("a page that never beats has thirty seconds to start", () => {
  const { shown, recovery, pass } = createScene();
  recovery.show();
  pass(29_500);
  assert.deepEqual(shown, ["mirror"]);
  assert.ok(recovery.isAlive());
  pass(1_000);
  assert.deepEqual(shown, ["mirror", "mirror"]);
});

test("a page that always fails gives way to the safe page, which gives it another chance later", () => {
  const { shown, recovery, pass } = createScene();
  recovery.show();
  for (let failures = 0; failures < 4; failures++) recovery.fail("the page's process ended");
  assert.deepEqual(shown, ["mirror", "mirror", "mirror", "mirror", "safe"]);
  assert.ok(recovery.isResting());
  assert.ok(recovery.isAlive(), "the supervisor outside has no reason to end us");
  recovery.beat();
  pass(SAFE_PAGE_MS - 500);
  assert.equal(shown.at(-1), "safe");
  pass(500);
  assert.equal(shown.at(-1), "mirror");
  assert.ok(!recovery.isResting());
});

test("a stage that cannot be set is told, and tried again", () => {
  const logged: string[] = [];
  const clock = { now: 0 };
  const recovery = createRecovery({
    stage: { renew: () => Promise.reject(new Error("no screen")), showSafePage: async () => undefined },
    silenceMs: 4_000,
    startMs: 30_000,
    now: () => clock.now,
    log: (line) => logged.push(line),
  });
  recovery.show();
  clock.now = 30_000;
  recovery.check();
  return new Promise<void>((done) => setImmediate(done)).then(() =>
    assert.deepEqual(logged, [
      "the page fell silent: starting it anew",
      "the stage could not be set: Error: no screen",
      "the stage could not be set: Error: no screen",
    ]),
  );
});
