// The kiosk as a client: enrolment, the key that stays inside, and what is kept on the disk.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createIdentityStore, type Sealer } from "../../kiosk/shell/src/shared/identityStore.ts";
import { createKiosk } from "../../kiosk/shell/src/shared/kiosk.ts";
import { runKioskServer } from "./support/kioskServer.ts";

function newFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-kiosk-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "kiosk.json");
}

/** A key ring for tests: turns the bytes around. */
const sealer: Sealer = {
  seal: (text) => Buffer.from(text).reverse(),
  open: (sealed) => Buffer.from(sealed).reverse().toString(),
};

test("a code becomes a key, which survives a restart and never leaves the shell", async (t) => {
  const server = await runKioskServer(t);
  const file = newFile(t);
  const kiosk = createKiosk({ fetch, store: createIdentityStore(file) });
  assert.equal(kiosk.identity(), undefined);
  await kiosk.enrol(server.code, server.url);
  const again = createKiosk({ fetch, store: createIdentityStore(file) });
  assert.deepEqual(again.identity(), kiosk.identity());
  assert.ok(!JSON.stringify(again.identity()).includes(server.key));
  assert.deepEqual(await again.call("POST", "/v1/kiosk/pairings", "{}"), {
    status: 201,
    body: { id: "pr_1" },
  });
  assert.equal(server.seen.at(-1)?.authorization, `Bearer ${server.key}`);
  assert.equal(statSync(file).mode & 0o777, 0o600);
});

test("keys that the server says with a heartbeat are kept, and nothing else is taken for one", async (t) => {
  const server = await runKioskServer(t);
  const file = newFile(t);
  const kiosk = createKiosk({ fetch, store: createIdentityStore(file) });
  const [one, two, three] = ["x", "y", "z"].map((letter) => `B${letter.repeat(86)}`) as [
    string,
    string,
    string,
  ];
  kiosk.learnKeys({ rulesKey: one });
  assert.equal(kiosk.identity(), undefined, "it is nobody's kiosk yet");
  await kiosk.enrol(server.code, server.url);
  const before = kiosk.eventKey();
  kiosk.learnKeys({ commands: [], rulesKey: `${one} ${two}` });
  assert.equal(kiosk.eventKey(), before);
  kiosk.learnKeys({ commands: [], eventKey: three });
  for (const odd of ["", "rk", `${one} `, `${one} ${one.slice(1)}`, 7, [one]])
    kiosk.learnKeys({ rulesKey: odd });
  for (const odd of [undefined, null, "", []]) kiosk.learnKeys(odd);
  const again = createKiosk({ fetch, store: createIdentityStore(file) });
  assert.equal(again.identity()?.rulesKey, `${one} ${two}`);
  assert.equal(again.eventKey(), three);
  assert.deepEqual(again.identity(), kiosk.identity());
});

test("where there is a key ring the file holds no key, and is nothing to another ring", async (t) => {
  const server = await runKioskServer(t);
  const file = newFile(t);
  await createKiosk({ fetch, store: createIdentityStore(file, sealer) }).enrol(server.code, server.url);
  assert.ok(!readFileSync(file, "utf8").includes(server.key));
  assert.equal(createIdentityStore(file, sealer).read()?.key, server.key);
  assert.equal(createIdentityStore(file).read(), undefined);
});

test("a torn file, and one of something else, is no identity", (t) => {
  const file = newFile(t);
  for (const text of [
    "",
    "{",
    "null",
    "[]",
    '{"key":"k"}',
    '{"key":"k","identity":{"endpoint":"ftp://x"}}',
  ]) {
    writeFileSync(file, text);
    assert.equal(createIdentityStore(file).read(), undefined, text);
  }
});

test("what went wrong is told to the person who installs", async (t) => {
  const server = await runKioskServer(t);
  const kiosk = createKiosk({ fetch, store: createIdentityStore(newFile(t)) });
  await assert.rejects(kiosk.enrol("WRONG", server.url), /not valid any more.*ten minutes/);
  await assert.rejects(kiosk.enrol(server.code, "http://127.0.0.1:9"), /No Vitrine answers at/);
  await assert.rejects(kiosk.call("POST", "/v1/kiosk/pairings"), /not enrolled/);
});

test("calls: bytes travel as bytes, no redirect is followed, a captive portal says nothing", async (t) => {
  const server = await runKioskServer(t);
  const kiosk = createKiosk({ fetch, store: createIdentityStore(newFile(t)) });
  await kiosk.enrol(server.code, server.url);
  const bytes = new Uint8Array([1, 2, 3]);
  const put = await kiosk.call("PUT", "/v1/kiosk/handoffs/ho_1/parts/0", bytes);
  assert.deepEqual(put.body, { path: "/v1/kiosk/handoffs/ho_1/parts/0", bytes: 3 });
  assert.equal(server.seen.at(-1)?.type, "application/octet-stream");

  const before = server.seen.length;
  assert.deepEqual(await kiosk.call("GET", "/v1/kiosk/leases/elsewhere"), { status: 0, body: undefined });
  assert.equal(server.seen.length, before + 1);
  assert.deepEqual(await kiosk.call("GET", "/v1/kiosk/leases/portal"), { status: 200, body: undefined });
});
