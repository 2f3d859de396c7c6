import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { SCOPES, type Scope } from "../../packages/server/src/keys.ts";
import { newDevice, runVitrine } from "./support/runVitrine.ts";

const EVENT = { type: "page", messageId: "m", userId: "u" };

describe("a key", () => {
  it("does what its scopes say and no more", async (t) => {
    const server = await runVitrine(t);
    const { keys } = server.vitrine.services;
    const make = (scopes: Scope[]) =>
      keys.create({ siteId: "default", kind: "secret", name: scopes.join(), scopes }).text;
    for (const scope of SCOPES) {
      const answer = await server.post("/v1/batch", {
        writeKey: make([scope]),
        batch: [{ ...EVENT, messageId: scope }],
      });
      const mayWrite = scope === "write" || scope === "admin";
      assert.equal(answer.status, mayWrite ? 200 : 403, scope);
    }
  });

  it("is good for nothing once it is revoked, also after a restart", async (t) => {
    const server = await runVitrine(t);
    const { keys } = server.vitrine.services;
    const key = keys.create({ siteId: "default", kind: "secret", name: "till", scopes: ["write"] });
    const post = (running = server) => running.post("/v1/batch", { writeKey: key.text, batch: [EVENT] });
    assert.equal((await post()).status, 200);
    assert.ok(keys.revoke("default", key.id));
    assert.ok(!keys.revoke("default", key.id));
    assert.equal((await post()).status, 401);
    assert.equal((await post(await server.restart())).status, 401);
  });

  it("that is secret is not kept", async (t) => {
    const server = await runVitrine(t);
    await server.stop();
    assert.ok(!readFileSync(join(server.dataDir, "vitrine.db"), "latin1").includes(server.secretKey));
  });

  it("of one site sees nothing of another", async (t) => {
    const server = await runVitrine(t);
    const { keys, sites, collector } = server.vitrine.services;
    sites.create("other");
    const other = keys.create({ siteId: "other", kind: "site", name: "", scopes: [] });
    const device = newDevice();
    const event = {
      type: "track",
      event: "Product Viewed",
      messageId: "m",
      anonymousId: device.id,
      properties: { product_id: "canary" },
    };
    await server.send([event], { device: device.secret });
    const read = (key: string) =>
      fetch(`${server.url}/v1/profile?site=${key}`, {
        headers: { Authorization: `Bearer ${device.secret}` },
      });
    assert.ok((await (await read(server.siteKey)).text()).includes("canary"));
    assert.ok(!(await (await read(other.text)).text()).includes("canary"));
    const again = await server.send([event], { device: device.secret, writeKey: other.text });
    assert.equal(again[0]!.status, "accepted", "the same message id is another site's event");
    assert.deepEqual(collector.counters.all("other"), { accepted: 1 });
  });
});

describe("the audit log", () => {
  it("shows any entry that was changed or taken out", async (t) => {
    const server = await runVitrine(t);
    const { audit, database } = server.vitrine.services;
    for (const action of ["a", "b", "c"])
      audit.append({ siteId: "default", by: "k", action, details: { action } });
    assert.equal(audit.verify(), null);
    const [, middle] = audit.list("default");
    database.raw.exec(`UPDATE audit SET by = 'somebody else' WHERE audit_id = ${middle!.id}`);
    assert.equal(audit.verify(), middle!.id);
    database.raw.exec(`UPDATE audit SET by = 'k' WHERE audit_id = ${middle!.id}`);
    assert.equal(audit.verify(), null);
    database.raw.exec(`DELETE FROM audit WHERE audit_id = ${middle!.id}`);
    assert.equal(audit.verify(), middle!.id + 1);
  });
});
