import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newDevice, runVitrine } from "./support/runVitrine.ts";

const SHOP = "https://shop.example";

describe("POST /v1/device", () => {
  it("keeps the secret in a cookie that scripts cannot read, and gives it back", async (t) => {
    const server = await runVitrine(t, { origins: [SHOP], cookieDomain: "shop.example" });
    const { secret } = newDevice();
    const kept = await server.post(
      "/v1/device",
      { writeKey: server.siteKey, device: secret },
      { Origin: SHOP },
    );
    assert.equal(kept.status, 204);
    const cookie = kept.headers.get("set-cookie")!;
    for (const part of [
      "HttpOnly",
      "Secure",
      "SameSite=Lax",
      "Path=/",
      "Max-Age=34560000",
      "Domain=shop.example",
    ]) {
      assert.ok(cookie.split("; ").includes(part), part);
    }
    assert.equal(kept.headers.get("access-control-allow-credentials"), "true");
    const headers = { Origin: SHOP, Cookie: `other=1; ${cookie.split(";")[0]}` };
    const restored = await server.post("/v1/device", { writeKey: server.siteKey }, headers);
    assert.deepEqual(await restored.json(), { device: secret });
  });

  it("says 204 when there is no cookie, or a mangled one", async (t) => {
    const server = await runVitrine(t, { origins: [SHOP] });
    for (const Cookie of ["", "vitrine_device=short", `xvitrine_device=${newDevice().secret}`]) {
      assert.equal(
        (await server.post("/v1/device", { writeKey: server.siteKey }, { Origin: SHOP, Cookie })).status,
        204,
      );
    }
  });

  it("tells the secret to no page that is not listed", async (t) => {
    const server = await runVitrine(t, { origins: [SHOP] });
    const Cookie = `vitrine_device=${newDevice().secret}`;
    const pages: Record<string, string>[] = [
      {},
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { Origin: "http://shop.example" },
      { Origin: SHOP, "Sec-Fetch-Site": "cross-site" },
    ];
    for (const page of pages) {
      const answer = await server.post("/v1/device", { writeKey: server.siteKey }, { ...page, Cookie });
      assert.equal(answer.status, 403, JSON.stringify(page));
    }
    const anywhere = await runVitrine(t);
    const answer = await anywhere.post(
      "/v1/device",
      { writeKey: anywhere.siteKey },
      { Origin: SHOP, Cookie },
    );
    assert.equal(answer.status, 403, "an open list is not enough");
  });

  it("serves a page of its own host", async (t) => {
    const server = await runVitrine(t, { origins: [SHOP] });
    const answer = await server.post("/v1/device", { writeKey: server.siteKey }, { Origin: server.url });
    assert.equal(answer.status, 204);
  });
});

describe("a page of another origin", () => {
  const event = { type: "page", messageId: "m", anonymousId: "a" };

  it("may use the site key when the list is open, without credentials", async (t) => {
    const server = await runVitrine(t);
    const answer = await server.post(
      "/v1/batch",
      { writeKey: server.siteKey, batch: [event] },
      { Origin: SHOP },
    );
    assert.deepEqual(
      [
        answer.status,
        answer.headers.get("access-control-allow-origin"),
        answer.headers.get("access-control-allow-credentials"),
      ],
      [200, "*", null],
    );
  });

  it("may not when it is not on the list", async (t) => {
    const server = await runVitrine(t, { origins: [SHOP] });
    for (const path of ["/v1/batch", "/v1/t"]) {
      const answer = await server.post(
        path,
        { writeKey: server.siteKey, batch: [event], ...event },
        { Origin: "https://evil.example" },
      );
      assert.deepEqual([answer.status, answer.headers.get("access-control-allow-origin")], [403, null]);
    }
  });

  it("is answered its preflight", async (t) => {
    const server = await runVitrine(t, { origins: [SHOP] });
    const preflight = (origin: string) =>
      fetch(`${server.url}/v1/batch`, {
        method: "OPTIONS",
        headers: { Origin: origin, "Access-Control-Request-Method": "POST" },
      });
    const allowed = await preflight(SHOP);
    assert.deepEqual([allowed.status, allowed.headers.get("access-control-allow-origin")], [204, SHOP]);
    assert.match(allowed.headers.get("access-control-allow-headers")!, /authorization/i);
    assert.equal((await preflight("https://evil.example")).headers.get("access-control-allow-origin"), null);
  });
});
