import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NOW, runVitrine, type Running } from "./support/runVitrine.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The path and token of a fresh login link, on the test's own port. */
const linkOf = ({ vitrine, url }: Running) => url + vitrine.consoleLink().replace(/^https?:\/\/[^/]+/, "");

const follow = (link: string, method = "GET") => fetch(link, { method, redirect: "manual" });

/** Logs in by a link and gives the cookie. */
async function logIn(running: Running): Promise<string> {
  const answer = await follow(linkOf(running));
  assert.equal(answer.status, 303);
  return answer.headers.get("set-cookie")!.split(";")[0]!;
}

function read({ url }: Running, cookie: string, path = "/v1/admin/overview") {
  return fetch(url + path, { headers: { Cookie: cookie } });
}

describe("a login link", () => {
  it("opens the console once; the second use is refused in words", async (t) => {
    const running = await runVitrine(t);
    const link = linkOf(running);
    const first = await follow(link);
    assert.equal(first.headers.get("location"), "/console/");
    const cookie = first.headers.get("set-cookie")!;
    for (const word of ["HttpOnly", "SameSite=Strict", "Path=/"]) assert.ok(cookie.includes(word), cookie);
    assert.equal((await read(running, cookie.split(";")[0]!)).status, 200);
    const second = await follow(link);
    assert.equal(second.status, 403);
    assert.equal(second.headers.get("set-cookie"), null);
    assert.match(await second.text(), /no longer works/);
  });

  it("is not spent by a preview that asks for its head only", async (t) => {
    const running = await runVitrine(t);
    const link = linkOf(running);
    assert.equal((await follow(link, "HEAD")).headers.get("set-cookie"), null);
    assert.equal((await follow(link)).status, 303);
  });

  it("expires after a quarter of an hour", async (t) => {
    const running = await runVitrine(t);
    const link = linkOf(running);
    running.clock.now = NOW + 15 * MINUTE_MS;
    assert.equal((await follow(link)).status, 403);
  });

  it("can be made with a secret key that may open the console, and by no other", async (t) => {
    const running = await runVitrine(t);
    const { keys } = running.vitrine.services;
    const writer = keys.create({ siteId: "default", kind: "secret", name: "till", scopes: ["write"] });
    const ask = (key: string) => running.post("/v1/admin/links", "", { Authorization: `Bearer ${key}` });
    assert.equal((await ask(writer.text)).status, 403);
    const made = (await (await ask(running.secretKey)).json()) as { url: string };
    assert.match(made.url, /\/console\/login\?token=[\w-]{43}$/);
  });
});

describe("a session", () => {
  it("survives a restart of the server", async (t) => {
    const running = await runVitrine(t);
    const cookie = await logIn(running);
    assert.equal((await read(await running.restart(), cookie)).status, 200);
  });

  it("ends after eight hours of idleness, and after a week in any case", async (t) => {
    const running = await runVitrine(t);
    const idle = await logIn(running);
    const busy = await logIn(running);
    for (let hours = 4; hours < 7 * 24; hours += 4) {
      running.clock.now = NOW + hours * HOUR_MS;
      assert.equal((await read(running, busy)).status, 200, `after ${hours} hours`);
    }
    assert.equal((await read(running, idle)).status, 401);
    running.clock.now = NOW + 7 * 24 * HOUR_MS;
    assert.equal((await read(running, busy)).status, 401);
  });

  it("ends at once when its key is revoked, or when it is signed out", async (t) => {
    const running = await runVitrine(t);
    const { keys } = running.vitrine.services;
    const key = keys.create({ siteId: "default", kind: "secret", name: "guest", scopes: ["console"] });
    const origin = { Origin: running.url, "X-Vitrine-Console": "1" };
    const signedIn = await running.post("/v1/admin/session", { key: key.text }, origin);
    assert.equal(signedIn.status, 204);
    const guest = signedIn.headers.get("set-cookie")!.split(";")[0]!;
    assert.equal((await read(running, guest)).status, 200);
    assert.equal(
      (await read(running, guest, "/v1/admin/keys")).status,
      403,
      "a session may what its key may",
    );
    keys.revoke("default", key.id);
    assert.equal((await read(running, guest)).status, 401);

    const cookie = await logIn(running);
    const out = await fetch(`${running.url}/v1/admin/session`, {
      method: "DELETE",
      headers: { ...origin, Cookie: cookie },
    });
    assert.equal(out.status, 204);
    assert.match(out.headers.get("set-cookie")!, /Max-Age=0/);
    assert.equal((await read(running, cookie)).status, 401);
  });

  it("is not given for a site key or an unknown one", async (t) => {
    const running = await runVitrine(t);
    const origin = { Origin: running.url, "X-Vitrine-Console": "1" };
    for (const key of [running.siteKey, "vk_wrong", "", 7, null]) {
      assert.equal((await running.post("/v1/admin/session", { key }, origin)).status, 401);
    }
  });

  it("writes from the console's own pages only", async (t) => {
    const running = await runVitrine(t);
    const Cookie = await logIn(running);
    const write = (headers: Record<string, string>) =>
      running.post("/v1/admin/rules/publish", {}, { Cookie, ...headers });
    const console = { "X-Vitrine-Console": "1" };
    const refused: Record<string, string>[] = [
      {},
      console,
      { Origin: running.url },
      { ...console, Origin: "http://localhost:8080" },
      { ...console, Origin: "https://evil.example" },
      { ...console, Origin: "null" },
    ];
    for (const headers of refused) {
      const answer = await write(headers);
      assert.equal(answer.status, 403, JSON.stringify(headers));
      assert.equal(((await answer.json()) as { code: string }).code, "cross_site");
    }
    assert.equal(
      (await write({ ...console, Origin: running.url })).status,
      409,
      "nothing to publish, but let in",
    );
  });
});

describe("the console's page", () => {
  it("holds no inline script or style and allows none", async (t) => {
    const running = await runVitrine(t);
    const answer = await fetch(`${running.url}/console/`);
    const policy = answer.headers.get("content-security-policy")!;
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.match(policy, /style-src 'self'(;|$)/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /frame-src https: http:;/);
    const html = await answer.text();
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\son\w+=|style=/);
    assert.equal(
      (await fetch(`${running.url}/console`, { redirect: "manual" })).headers.get("location"),
      "/console/",
    );
  });
});
