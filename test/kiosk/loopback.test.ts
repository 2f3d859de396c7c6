// The box's own server: who is let in, and what is served.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { createAccess } from "../../kiosk/shell/src/box/createAccess.ts";
import { createCommandStream } from "../../kiosk/shell/src/box/commandStream.ts";
import { serveLoopback } from "../../kiosk/shell/src/box/serveLoopback.ts";

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Without fetch's own care for paths and hosts. */
function ask(origin: string, method: string, path: string, headers = {}, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(origin, { method, path, headers }, (response) => {
      let text = "";
      response.on("data", (part) => (text += String(part)));
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function runLoopback(t: TestContext) {
  const parent = mkdtempSync(join(tmpdir(), "vitrine-loopback-"));
  t.after(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, "page");
  mkdirSync(folder);
  writeFileSync(join(folder, "index.html"), "<!doctype html>the page");
  writeFileSync(join(folder, "key.pem"), "not of a page's kinds");
  writeFileSync(join(parent, "secret.json"), "outside");
  symlinkSync(join(parent, "secret.json"), join(folder, "link.json"));
  const access = createAccess();
  const asked: unknown[] = [];
  const loopback = await serveLoopback({
    served: () => ({
      folder,
      identity: undefined,
      hasCamera: true,
      picture: () => Promise.resolve(undefined),
    }),
    access,
    commands: createCommandStream(),
    door: () => async (name, payload) => void asked.push([name, payload]),
  });
  t.after(() => loopback.close());
  const ticket = access.renew("/");
  const admitted = await ask(loopback.origin, "GET", ticket);
  const cookie = String(admitted.headers["set-cookie"]).split(";")[0]!;
  return { ...loopback, access, asked, ticket, cookie, admitted };
}

test("a ticket admits one browser, once, and a new shopper's ticket shuts the last one out", async (t) => {
  const { origin, ticket, cookie, admitted, access } = await runLoopback(t);
  assert.equal(admitted.status, 303);
  assert.match(String(admitted.headers["set-cookie"]), /HttpOnly; SameSite=Strict/);
  assert.equal((await ask(origin, "GET", "/", { cookie })).text, "<!doctype html>the page");
  assert.equal((await ask(origin, "GET", ticket)).status, 403);
  assert.equal((await ask(origin, "GET", "/")).status, 403);
  access.renew("/");
  assert.equal((await ask(origin, "GET", "/", { cookie })).status, 403);
});

test("the page's folder is served with its policy, and nothing outside of it", async (t) => {
  const { origin, cookie } = await runLoopback(t);
  const { headers } = await ask(origin, "GET", "/", { cookie });
  assert.match(
    String(headers["content-security-policy"]),
    /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; /,
  );
  for (const path of [
    "/../secret.json",
    "/%2e%2e/secret.json",
    "/..%2fsecret.json",
    "/link.json",
    "/key.pem",
    "/%00",
  ])
    assert.equal((await ask(origin, "GET", path, { cookie })).status, 404, path);
  assert.match((await ask(origin, "GET", "/safe.html", { cookie })).text, /Back in a moment/);
});

test("the shell's interface: our page only", async (t) => {
  const { origin, cookie, asked } = await runLoopback(t);
  const good = { cookie, origin, "content-type": "application/json" };
  const wipe = (headers: object, path = "/shell/wipe") => ask(origin, "POST", path, headers, "null");
  for (const [why, headers] of [
    ["no cookie", { ...good, cookie: "" }],
    ["another cookie", { ...good, cookie: `${cookie}x` }],
    ["foreign page", { ...good, origin: "https://evil.example" }],
    ["no page", { cookie, "content-type": "application/json" }],
    ["rebound name", { ...good, host: "evil.example" }],
  ] as const)
    assert.equal((await wipe(headers)).status, 403, why);
  assert.equal((await wipe(good, "/shell/unknown")).status, 403);
  assert.equal((await wipe({ ...good, "content-type": "text/plain" })).status, 400);
  assert.deepEqual(asked, []);
  assert.equal((await wipe(good)).status, 200);
  assert.deepEqual(asked, [["wipe", null]]);
});
