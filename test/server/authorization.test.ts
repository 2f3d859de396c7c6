import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Route } from "../../packages/server/src/http/route.ts";
import { SCOPES, type Scope } from "../../packages/server/src/keys.ts";
import { MODULES } from "../../packages/server/src/modules.ts";
import { createMetrics } from "../../packages/server/src/observe/metrics.ts";
import { asAdmin, ask, enrolKiosk } from "./support/kiosks.ts";
import { newDevice, runVitrine, type Running } from "./support/runVitrine.ts";

/** Every endpoint that asks for a scope, whichever part of the server has it. */
function guardedRoutes({ vitrine }: Running): (Route & { auth: { scope: Scope } })[] {
  // Routes count themselves among the metrics, once a registry.
  const services = { ...vitrine.services, metrics: createMetrics() };
  const routes = MODULES.flatMap((module) => module.routes?.(services) ?? []);
  return routes.filter((route): route is Route & { auth: { scope: Scope } } => route.auth !== "none");
}

/** Asks an endpoint with a key, and gives status and code of the refusal. */
async function knock({ url }: Running, { method, path }: Route, key: string | undefined): Promise<string> {
  const body = method === "GET" ? {} : { body: {} };
  const told = await ask(url + path.replace(/:\w+/g, "x"), method, { key, ...body });
  return `${told.status} ${told.body?.code}`;
}

describe("authorisation", () => {
  it("lets nobody in without a key that has the endpoint's scope: every endpoint with every wrong key", async (t) => {
    const running = await runVitrine(t);
    const { keys } = running.vitrine.services;
    const make = (scopes: readonly Scope[]) =>
      keys.create({ siteId: "default", kind: "secret", name: "test", scopes });
    const revoked = make(SCOPES);
    keys.revoke("default", revoked.id);
    const gone = await enrolKiosk(running, "gone");
    await asAdmin(running, "POST", `/kiosks/${gone.id}/revoke`);
    const none = {
      "no key": undefined,
      "an unknown key": `vk_${"A".repeat(43)}`,
      "the site key": running.siteKey,
      "a device's secret": newDevice().secret,
      "a revoked key": revoked.text,
      "a revoked kiosk's key": gone.key,
    };
    const kiosk = await enrolKiosk(running);
    const alone = new Map(SCOPES.map((scope) => [scope, scope === "kiosk" ? kiosk.key : make([scope]).text]));
    const routes = guardedRoutes(running);
    let tried = 0;
    for (const route of routes) {
      const name = `${route.method} ${route.path}`;
      for (const [who, key] of Object.entries(none)) {
        assert.equal(await knock(running, route, key), "401 unknown_key", `${name} with ${who}`);
        tried++;
      }
      for (const scope of SCOPES) {
        if (scope === route.auth.scope || scope === "admin") continue;
        const refusal = await knock(running, route, alone.get(scope));
        assert.equal(refusal, "403 scope", `${name} with a key for ${scope}`);
        tried++;
      }
    }
    t.diagnostic(`${routes.length} endpoints, ${tried} attempts, 0 let in`);
    assert.ok(routes.length > 30);
  });

  it("takes no key for a kiosk's that is none, whatever it may do", async (t) => {
    const running = await runVitrine(t);
    const ofKiosks = guardedRoutes(running).filter(({ auth }) => auth.scope === "kiosk");
    assert.ok(ofKiosks.length >= 7);
    for (const route of ofKiosks)
      assert.equal(await knock(running, route, running.secretKey), "403 not_a_kiosk", route.path);
  });
});
