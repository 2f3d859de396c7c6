// What the supervisor outside is told; through a systemd-notify that only writes down what it is given.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { mock, test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { keepAlive } from "../../kiosk/shell/src/shared/keepAlive.ts";
import { notifySystemd } from "../../kiosk/shell/src/shared/notifySystemd.ts";
import { until } from "../mirror/support/running.ts";

function fakeNotify(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-notify-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const said = join(folder, "said");
  writeFileSync(said, "");
  const program = join(folder, "systemd-notify");
  writeFileSync(program, `#!/bin/sh\necho "$NOTIFY_SOCKET $*" >> '${said}'\n`);
  chmodSync(program, 0o755);
  const env = {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env["PATH"]}`,
    NOTIFY_SOCKET: "/run/s",
  };
  const heard = (line: string) => until(line, () => readFileSync(said, "utf8").includes(line) || undefined);
  return { env, heard };
}

test("systemd hears that the mirror is ready, and that it lives", async (t) => {
  const { env, heard } = fakeNotify(t);
  const supervisor = notifySystemd({ ...env, WATCHDOG_USEC: "30000000" }, assert.fail);
  assert.equal(supervisor.intervalMs, 10_000);
  supervisor.ready();
  await heard("/run/s --ready");
  supervisor.alive();
  await heard("/run/s WATCHDOG=1");
});

test("without systemd nobody is told, and nothing is started", () => {
  const supervisor = notifySystemd({ WATCHDOG_USEC: "30000000" }, assert.fail);
  assert.equal(supervisor.intervalMs, undefined);
  supervisor.ready();
  supervisor.alive();
});

test("the watchdog is fed while the page lives, and starves with it", (t) => {
  mock.timers.enable({ apis: ["setInterval"] });
  t.after(() => mock.timers.reset());
  let fed = 0;
  let isAlive = true;
  const recovery = { check: () => undefined, isAlive: () => isAlive } as Parameters<
    typeof keepAlive
  >[0]["recovery"];
  const supervisor = { ready: () => undefined, alive: () => void fed++, intervalMs: 10_000 };
  const stop = keepAlive({
    recovery,
    supervisor,
    heartbeat: { send: async () => undefined },
    refresh: async () => undefined,
  });
  mock.timers.tick(30_000);
  assert.equal(fed, 3);
  isAlive = false;
  mock.timers.tick(60_000);
  assert.equal(fed, 3);
  isAlive = true;
  stop();
  mock.timers.tick(60_000);
  assert.equal(fed, 3);
});

test("the unit asks for what the shell tells", () => {
  const unit = readFileSync(
    fileURLToPath(new URL("../../kiosk/shell/systemd/vitrine-mirror.service", import.meta.url)),
    "utf8",
  );
  for (const line of [
    "Type=notify",
    "NotifyAccess=all",
    "WatchdogSec=30",
    "KillMode=control-group",
    "LimitCORE=0",
  ])
    assert.ok(unit.split("\n").includes(line), line);
});
