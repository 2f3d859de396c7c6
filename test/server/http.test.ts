import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { gunzipSync } from "node:zlib";
import { request, type IncomingMessage } from "node:http";
import { createRouter } from "../../packages/server/src/http/router.ts";
import type { Method, Route } from "../../packages/server/src/http/route.ts";
import { exceedsDepth } from "../../packages/server/src/http/body.ts";
import { runVitrine } from "./support/runVitrine.ts";

const BUNDLE = "(function () { /* a bundle that is long enough to be worth compressing */ })();".repeat(20);

const route = (method: Method, path: string): Route => ({
  method,
  path,
  auth: "none",
  cors: "none",
  handler: () => ({ status: 204 }),
});

/** A folder with a bundle in it. */
function bundleDir(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), "vitrine-bundle-"));
  t.after(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, "vitrine.js"), BUNDLE);
  return dir;
}

describe("the SDK bundle", () => {
  it("is served to any page, and for ever under the name with its hash", async (t) => {
    const dir = bundleDir(t);
    const server = await runVitrine(t, { bundleDir: dir });
    const plain = await fetch(`${server.url}/v/vitrine.js`, { headers: { Origin: "https://shop.example" } });
    assert.equal(await plain.text(), BUNDLE);
    assert.deepEqual(
      ["access-control-allow-origin", "x-content-type-options", "content-type"].map((name) =>
        plain.headers.get(name),
      ),
      ["*", "nosniff", "text/javascript; charset=utf-8"],
    );
    const hash = createHash("sha256").update(BUNDLE).digest("hex").slice(0, 16);
    const versioned = await fetch(`${server.url}/v/vitrine.${hash}.js`);
    assert.match(versioned.headers.get("cache-control")!, /immutable/);
    assert.doesNotMatch(plain.headers.get("cache-control")!, /immutable/);
    assert.equal((await fetch(`${server.url}/v/vitrine.0123456789abcdef.js`)).status, 404);
    // The second script is on disk under such a name, which may be shorter.
    writeFileSync(join(dir, `vitrine-personal.${hash.slice(0, 8)}.js`), BUNDLE);
    const second = await fetch(`${server.url}/v/vitrine-personal.${hash.slice(0, 8)}.js`);
    assert.equal(await second.text(), BUNDLE);
    assert.match(second.headers.get("cache-control")!, /immutable/);
    const again = await fetch(`${server.url}/v/vitrine.js`, {
      headers: { "If-None-Match": plain.headers.get("etag")! },
    });
    assert.equal(again.status, 304);
  });

  it("travels compressed where the client can read that", async (t) => {
    const server = await runVitrine(t, { bundleDir: bundleDir(t) });
    const get = (headers: Record<string, string>) =>
      new Promise<{ answer: IncomingMessage; body: Buffer }>((resolve, reject) => {
        request(`${server.url}/v/vitrine.js`, { headers }, async (answer) => {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          resolve({ answer, body: Buffer.concat(chunks) });
        })
          .on("error", reject)
          .end();
      });
    const zipped = await get({ "Accept-Encoding": "br, gzip" });
    assert.equal(zipped.answer.headers["content-encoding"], "gzip");
    assert.equal(gunzipSync(zipped.body).toString(), BUNDLE);
    assert.equal((await get({})).body.toString(), BUNDLE);
  });

  it("is a clear 404 when it was not built", async (t) => {
    const server = await runVitrine(t, { bundleDir: "/nowhere" });
    const answer = await fetch(`${server.url}/v/vitrine.js`);
    assert.equal(answer.status, 404);
    assert.match(((await answer.json()) as { detail: string }).detail, /npm run build/);
  });
});

describe("a prefix of the shop's choice", () => {
  it("takes the place of /v1 everywhere", async (t) => {
    const server = await runVitrine(t, { prefix: "/api/shop" });
    const answer = await server.post("/api/shop/batch", { writeKey: server.siteKey, batch: [] });
    assert.equal(answer.status, 200);
    assert.equal((await server.post("/v1/batch", {})).status, 404);
  });
});

describe("a connection", () => {
  it("is kept for the next request, unless a long body was left unread", async (t) => {
    const server = await runVitrine(t);
    for (const path of ["/health", "/nothing", "/v1/profile"]) {
      assert.equal((await fetch(server.url + path)).headers.get("connection"), "keep-alive", path);
    }
    const short = await server.post("/nothing", "x".repeat(1_000));
    assert.deepEqual([short.status, short.headers.get("connection")], [404, "keep-alive"]);
    const unread = await server.post("/nothing", "x".repeat(1_000_000));
    assert.deepEqual([unread.status, unread.headers.get("connection")], [404, "close"]);
  });
});

describe("the router", () => {
  const router = createRouter(
    [
      route("GET", "/v1/a/:id"),
      route("POST", "/v1/a/:id"),
      route("GET", "/v1/a/b"),
      route("GET", "/files/*"),
    ],
    "/v1",
  );

  it("prefers what is said outright, and decodes what is not", () => {
    const exact = router.match("GET", "/v1/a/b");
    assert.ok(exact.kind === "route" && exact.route.path === "/v1/a/b");
    const found = router.match("GET", "/v1/a/x%2Fy");
    assert.deepEqual(found.kind === "route" && found.params, { id: "x/y" });
    const rest = router.match("HEAD", "/files/a/b.js");
    assert.deepEqual(rest.kind === "route" && rest.params, { rest: "a/b.js" });
  });

  it("tells a wrong method from a wrong path", () => {
    assert.deepEqual(router.match("DELETE", "/v1/a/1"), { kind: "wrong_method", allow: ["GET", "POST"] });
    for (const path of ["/v1/a", "/v1/a/1/2", "/v1/a/%", "/v1/a/"]) {
      assert.equal(router.match("GET", path).kind, "none", path);
    }
  });

  it("refuses two routes for one path", () => {
    assert.throws(() => createRouter([route("GET", "/x"), route("GET", "/x")], "/v1"), /two routes/);
  });
});

describe("the depth of a JSON text", () => {
  const cases: [text: string, depth: number][] = [
    ["1", 0],
    ["[]", 1],
    ['{"a":[1,{"b":2}],"c":[]}', 3],
    ['["[[[["]', 1],
    ['["\\"[[", [ "\\\\", []]]', 3],
    ['["\\\\\\"[["]', 1],
    ['"[[[', 0],
  ];
  for (const [text, depth] of cases) {
    it(`is ${depth} in ${text}`, () => {
      assert.ok(!exceedsDepth(Buffer.from(text), depth));
      assert.ok(depth === 0 || exceedsDepth(Buffer.from(text), depth - 1));
    });
  }
});
