import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Route } from "../../packages/server/src/http/route.ts";
import { SCOPES } from "../../packages/server/src/keys.ts";
import { MODULES } from "../../packages/server/src/modules.ts";
import { createMetrics } from "../../packages/server/src/observe/metrics.ts";
import { asKey, newKey } from "./support/asKey.ts";
import { newDevice, runVitrine, type Running } from "./support/runVitrine.ts";

/** Every endpoint that asks for a scope, as the modules declare it. */
function scopedRoutes({ vitrine }: Running): (Route & { auth: { scope: string } })[] {
  const services = { ...vitrine.services, metrics: createMetrics() };
  const routes = MODULES.flatMap((module) => module.routes?.(services) ?? []);
  return routes.filter((route): route is Route & { auth: { scope: never } } => route.auth !== "none");
}

describe("every endpoint that asks for a scope", () => {
  it("refuses no key, a wrong one, a site key, a device's secret, and each key of other scopes", async (t) => {
    const server = await runVitrine(t);
    const routes = scopedRoutes(server);
    const keyOf = new Map(SCOPES.map((scope) => [scope as string, newKey(server, scope)]));
    let refusals = 0;
    for (const { method, path, auth } of routes) {
      const to = path.replace(/:\w+/g, "1");
      const strangers = [undefined, "vk_no", server.siteKey, newDevice().secret];
      for (const key of strangers) {
        const { status } = await asKey(server, key)(method, to);
        assert.equal(status, 401, `${method} ${path} with ${key}`);
        refusals++;
      }
      for (const [scope, key] of keyOf) {
        if (scope === auth.scope || scope === "admin") continue;
        const { status, body } = await asKey(server, key)<{ code: string }>(method, to);
        assert.deepEqual([status, body.code], [403, "scope"], `${method} ${path} with the scope ${scope}`);
        refusals++;
      }
    }
    assert.ok(refusals >= 340, `${refusals} refusals of ${routes.length} endpoints`);
  });

  it("of a kiosk refuses the key that may do everything, which is no kiosk", async (t) => {
    const server = await runVitrine(t);
    const forKiosks = scopedRoutes(server).filter(({ auth }) => auth.scope === "kiosk");
    assert.ok(forKiosks.length >= 7);
    for (const { method, path } of forKiosks) {
      const body = method === "PUT" ? Buffer.from("sealed") : undefined;
      const { status } = await asKey(server, server.secretKey)(method, path.replace(/:\w+/g, "1"), body);
      assert.equal(status, 403, `${method} ${path}`);
    }
  });
});
