// The mirror's shells as they run on a floor: a real Electron, and a real Chromium behind the box.
import assert from "node:assert/strict";
import { openReport, type SentBody } from "../kiosk/support/outboxes.ts";
import { runKioskServer } from "../kiosk/support/kioskServer.ts";
import { writeFakeCamera } from "./support/fakeCamera.ts";
import { pageFolder } from "./support/pageFolder.ts";
import { filesWith, until } from "./support/running.ts";
import { testInBothShells } from "./support/shells.ts";

testInBothShells(
  "the page fills the screen, with the shell and nothing else of the machine",
  async (t, run) => {
    const running = await run({ page: pageFolder(t) });
    const page = await running.page();
    const facts = await page.evaluate(async () => ({
      kind: globalThis.mirror.shell.kind,
      identity: await globalThis.mirror.shell.identity(),
      // Chromium without a window manager is a pixel short.
      fillsScreen: innerWidth >= screen.width - 1 && innerHeight >= screen.height - 1,
      hasNode: "require" in globalThis || "process" in globalThis,
      isIsolated: window.isSecureContext,
    }));
    assert.deepEqual(facts, {
      kind: running.kind,
      identity: undefined,
      fillsScreen: true,
      hasNode: false,
      isIsolated: true,
    });
  },
);

testInBothShells(
  "a kiosk enrolled at its start asks its server, and the page never sees the key",
  async (t, run) => {
    const server = await runKioskServer(t);
    const enrolment = { code: server.code, endpoint: server.url };
    const running = await run({ page: pageFolder(t), enrolment });
    const page = await running.page();
    const { identity, answer, refused } = await page.evaluate(async () => {
      const { shell } = globalThis.mirror;
      return {
        identity: await shell.identity(),
        answer: await shell.call("PUT", "/v1/kiosk/handoffs/ho_1/parts/0", new Uint8Array([1, 2, 3])),
        refused: await shell.call("GET", "/v1/admin/keys").catch((error: Error) => error.message),
      };
    });
    assert.equal(identity?.endpoint, server.url);
    assert.equal(identity?.store, "main-street");
    assert.ok(!JSON.stringify(identity).includes(server.key));
    assert.deepEqual(answer, { status: 200, body: { path: "/v1/kiosk/handoffs/ho_1/parts/0", bytes: 3 } });
    assert.equal(refused, "This is no call of a kiosk's; see the list of allowed calls.");
    assert.equal(server.seen.filter(({ path }) => path.startsWith("/v1/admin")).length, 0);
  },
);

testInBothShells(
  "the shop's commands reach the page, and a wipe gives it a new partition",
  async (t, run) => {
    const server = await runKioskServer(t);
    server.commands.push({ id: "c1", kind: "night" });
    const running = await run({
      page: pageFolder(t),
      enrolment: { code: server.code, endpoint: server.url },
    });
    const page = await running.page();
    await page.waitForFunction(() => globalThis.mirror.commands.includes("night"));
    server.commands.push({ id: "c2", kind: "wipe" });
    // A change of the session is told at once, and brings what waits.
    await page.evaluate(() => {
      const health = { camera: "live", version: "1", rules: undefined, fps: 60 };
      globalThis.mirror.shell.beat({ ...health, session: "open" });
    });
    const next = await running.page(page);
    await next.waitForFunction(() => globalThis.mirror.commands.includes("night"));
    assert.ok(server.seen.some(({ body }) => body.includes('"done":["c1"]')));
  },
);

testInBothShells(
  "a try-on event is sealed on the disk until the server has it, and heartbeats say how many wait",
  async (t, run) => {
    const server = await runKioskServer(t);
    server.takesEvents = false;
    const running = await run({
      page: pageFolder(t),
      enrolment: { code: server.code, endpoint: server.url },
    });
    const page = await running.page();
    const refused = await page.evaluate(async () => {
      const { shell } = globalThis.mirror;
      const session = "8d0c0a9e-5c1d-4000-8000-000000000001";
      await shell.track({ event: { name: "Label Scanned", code: "canary-of-a-label-77" }, session });
      const health = { camera: "live", version: "1", rules: undefined, fps: 60 };
      shell.beat({ ...health, session: "open" });
      const image = { name: "Look Recorded", look: 1, image: "data:image/png;base64,AAAA" };
      return shell.track({ event: image as never, session }).catch((error: Error) => error.message);
    });
    assert.match(String(refused), /^A try-on event has a session and is one of: Mirror Session Started, /);
    const sent = (path: string) =>
      server.seen.filter((one) => one.path === path).map(({ body }) => body.toString());
    await until("a heartbeat that says so", () =>
      sent("/v1/kiosk/heartbeat").some((body) => body.includes('"queue":1')) ? true : undefined,
    );
    await until("a first attempt", () => sent("/v1/kiosk/events")[0]);
    assert.deepEqual(filesWith(running.folder, "canary-of-a-label-77"), []);
    server.takesEvents = true;
    await until("an empty folder", () =>
      filesWith(running.folder, '"sealed"').length === 0 ? true : undefined,
    );
    const { events } = JSON.parse(sent("/v1/kiosk/events").at(-1)!) as SentBody;
    const { event } = await openReport(server.eventKey, events[0]!);
    assert.deepEqual(event, { name: "Label Scanned", code: "canary-of-a-label-77" });
  },
);

testInBothShells("a film takes the camera's place, for a demo without one", async (t, run) => {
  const folder = pageFolder(t);
  const running = await run({ page: folder, fakeCamera: writeFakeCamera(folder) });
  const page = await running.page();
  const track = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    const video = document.createElement("video");
    video.srcObject = stream;
    await video.play();
    const [track] = stream.getTracks();
    return {
      count: stream.getTracks().length,
      state: track?.readyState,
      ratio: video.videoWidth / video.videoHeight,
    };
  });
  assert.deepEqual(track, { count: 1, state: "live", ratio: 4 / 3 });
});

const CANARY = "canary-of-a-shopper-5b1f";

/** Leaves the shopper's trace in all that a page can write. */
async function leaveTraces(canary: string): Promise<void> {
  localStorage.setItem("canary", canary);
  sessionStorage.setItem("canary", canary);
  await (await caches.open("canary")).put("/canary", new Response(canary)).catch(() => undefined);
  const file = await (await navigator.storage.getDirectory()).getFileHandle("canary", { create: true });
  const writable = await file.createWritable();
  await writable.write(canary);
  await writable.close();
  await new Promise<void>((resolve, reject) => {
    const opened = indexedDB.open("canary");
    opened.addEventListener("upgradeneeded", () => opened.result.createObjectStore("canary"));
    opened.addEventListener("error", () => reject(opened.error!));
    opened.addEventListener("success", () => {
      const done = opened.result.transaction("canary", "readwrite", { durability: "strict" });
      done.objectStore("canary").put(canary, "canary");
      done.addEventListener("complete", () => resolve());
    });
  });
}

/** What a page finds of an earlier one. */
async function findTraces(): Promise<unknown> {
  const files: string[] = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
  return {
    local: localStorage.length,
    session: sessionStorage.length,
    caches: await caches.keys(),
    databases: await indexedDB.databases(),
    files,
  };
}

const NOTHING = { local: 0, session: 0, caches: [], databases: [], files: [] };

testInBothShells("a wipe leaves the next page nothing, and the disk nothing", async (t, run) => {
  const running = await run({ page: pageFolder(t) });
  const page = await running.page();
  await page.evaluate(leaveTraces, CANARY);
  // The page that asks is gone before it hears of it.
  await page.evaluate(() => void globalThis.mirror.shell.wipe()).catch(() => undefined);
  const next = await running.page(page);
  assert.deepEqual(await next.evaluate(findTraces), NOTHING);
  assert.deepEqual(filesWith(running.folder, CANARY), []);
});

testInBothShells(
  "a page that is killed or hangs is back in a fresh partition, three times a minute",
  async (t, run) => {
    const running = await run({ page: pageFolder(t), silenceMs: 6_000 });
    let page = await running.page();
    for (const signal of ["SIGKILL", "SIGSTOP", "SIGKILL"] as const) {
      await page.evaluate(leaveTraces, CANARY);
      for (const pid of await running.processes("renderer")) process.kill(pid, signal);
      page = await running.page(page);
      assert.deepEqual(await page.evaluate(findTraces), NOTHING, signal);
      assert.deepEqual(filesWith(running.folder, CANARY), [], signal);
    }
    for (const pid of await running.processes("renderer")) process.kill(pid, "SIGKILL");
    await until(
      "the safe page",
      () => /too often; showing the safe page/.test(running.logged()) || undefined,
    );
  },
);

testInBothShells("a lost process of the graphics costs no shopper her session", async (t, run) => {
  const running = await run({ page: pageFolder(t) });
  const page = await running.page();
  const [lost] = await running.processes("gpu");
  process.kill(lost!, "SIGKILL");
  await until("another one", async () => (await running.processes("gpu")).find((pid) => pid !== lost));
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  assert.equal(await running.page(), page);
});

testInBothShells("a shell that is killed leaves nothing that could be read", async (t, run) => {
  const running = await run({ page: pageFolder(t) });
  const page = await running.page();
  await page.evaluate(leaveTraces, CANARY);
  await running.kill();
  const left = filesWith(running.folder, CANARY);
  if (running.kind === "electron") assert.deepEqual(left, []);
  // Chromium's profile lives in memory where a box has room for it; the next start removes it from wherever it was.
  else
    assert.ok(
      left.every((name) => name.startsWith("vitrine-shopper-")),
      left.join(),
    );
});
