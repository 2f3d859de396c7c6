import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { maskAddresses } from "../../packages/server/src/identity/maskAddresses.ts";
import { looksPersonal, safeId } from "../../packages/server/src/identity/personalId.ts";
import { newDevice, runVitrine, viewed, type Running } from "./support/runVitrine.ts";

const EMAIL = "canary.anna@example.com";
const PHONE = "+48 601 987 654";

/** Every byte that the server keeps. */
function stored({ dataDir }: Running): string {
  return readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1"))
    .join("\n");
}

const personal = {
  email: EMAIL,
  Email_Address: EMAIL,
  phone: PHONE,
  firstName: "CanaryFirst",
  last_name: "CanaryLast",
  name: "CanaryFirst CanaryLast",
  address: { street: "CanaryStreet 1", city: "CanaryCity" },
  plan: "gold",
};

const events = (anonymousId: string) => [
  { type: "identify", messageId: "1", anonymousId, userId: EMAIL, traits: personal },
  {
    type: "track",
    event: "Order Completed",
    messageId: "2",
    anonymousId,
    properties: {
      order_id: "1",
      email: EMAIL,
      products: [{ product_id: "p", name: "Coat", giftFor: EMAIL }],
    },
  },
  {
    type: "page",
    messageId: "3",
    anonymousId,
    context: {
      ip: "203.0.113.77",
      page: { url: `https://shop.example/?mail=${EMAIL}&x=1`, search: `?m=${EMAIL.replace("@", "%40")}` },
      traits: { email: EMAIL },
    },
    properties: { query: `write to ${EMAIL} please`, note: PHONE },
  },
];

describe("contact details", () => {
  it("stand nowhere on the disk and in no log, in no spelling", async (t) => {
    const server = await runVitrine(t);
    await server.send(events("visitor"));
    await server.send(
      [
        {
          type: "track",
          event: "x",
          messageId: "9",
          userId: PHONE,
          context: { externalIds: [{ type: "email", id: EMAIL }] },
        },
      ],
      {
        writeKey: server.secretKey,
      },
    );
    const logged = server.logged();
    await server.stop();
    const kept = stored(server);
    for (const canary of ["canary.anna", "Canary", "601 987", "601987654", "203.0.113.77"]) {
      assert.ok(!kept.includes(canary), `${canary} is stored`);
      assert.ok(!logged.includes(canary), `${canary} is logged`);
    }
    assert.ok(kept.includes("[email]") && kept.includes("gold"), "what is not personal stays");
  });

  it("are found behind the escapes of JSON too", async (t) => {
    const server = await runVitrine(t);
    const batch = JSON.stringify(events("visitor"))
      .replaceAll("@", String.raw`\u0040`)
      .replaceAll("%40", String.raw`\u002540`);
    const answer = await server.post("/v1/batch", `{"writeKey":"${server.siteKey}","batch":${batch}}`);
    assert.equal(answer.status, 200);
    await server.stop();
    const kept = stored(server);
    assert.ok(!kept.includes("canary.anna"), "an address is stored");
    assert.ok(kept.includes("[email]"), "addresses are masked");
  });

  it("are kept once, encrypted, where marketing is granted", async (t) => {
    const server = await runVitrine(t);
    await server.send(events("visitor"));
    await server.send([
      { type: "identify", messageId: "4", anonymousId: "visitor", traits: { email: "NEW@example.com" } },
    ]);
    const { contacts } = server.vitrine.services.collector;
    const found = contacts.read("default", "anonymous:visitor");
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ["address", "email", "first_name", "full_name", "last_name", "phone"],
    );
    assert.equal(found[1]!.value, "NEW@example.com");
    contacts.erase("default", "anonymous:visitor");
    assert.deepEqual(contacts.read("default", "anonymous:visitor"), []);
  });

  it("are removed and counted where it is not", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const consent = ["analytics", "personalization"];
    const identify = viewed(device, "w", 1, {
      type: "identify",
      traits: { email: EMAIL, plan: "gold" },
      context: { consent, writer: { id: "w", seq: 1 } },
    });
    await server.send([identify], { device: device.secret });
    const { contacts, counters } = server.vitrine.services.collector;
    assert.deepEqual(contacts.read("default", `anonymous:${device.id}`), []);
    assert.equal(counters.all("default").contacts_removed, 1);
    assert.deepEqual(Object.keys((await server.profile(device)).fold.traits!), ["plan"]);
  });

  it("cannot be read with another master key", async (t) => {
    const server = await runVitrine(t);
    assert.equal(statSync(join(server.dataDir, "master.key")).mode & 0o777, 0o600);
    assert.equal(statSync(join(server.dataDir, "rules.key")).mode & 0o777, 0o600);
    await server.stop();
    writeFileSync(join(server.dataDir, "master.key"), Buffer.alloc(32).toString("base64url"));
    await assert.rejects(server.restart());
  });
});

describe("the log", () => {
  it("has no ids, bodies, keys, secrets or query strings", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    const wrong = `vk_${newDevice().secret}`;
    await server.send(
      [
        viewed(device, "canary-writer", 1, {
          userId: "canary-user",
          properties: { product_id: "canary-product" },
        }),
      ],
      { device: device.secret },
    );
    await server.profile(device, ["canary-writer"]);
    await server.post("/v1/batch", '{"canary-body', {});
    await server.post("/v1/batch", { writeKey: wrong, batch: [] });
    await server.post(`/v1/canary-path?canary-query=1`, {});
    await fetch(`${server.url}/v1/profile?site=canary-site`, {
      headers: { Authorization: "Bearer canary-bearer" },
    });
    await fetch(`${server.url}/v1/stream?site=canary-site&last=canary-query`);
    const logged = server.logged();
    assert.ok(logged.includes("/v1/batch"), "there is a log");
    for (const canary of ["canary", device.id, device.secret, server.siteKey, server.secretKey, wrong]) {
      assert.ok(!logged.includes(canary), canary);
    }
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    assert.match(metrics, /vitrine_events_total\{outcome="accepted"\} 1/);
    for (const canary of ["canary", device.id]) assert.ok(!metrics.includes(canary), `${canary} in metrics`);
  });
});

describe("an id", () => {
  const key = Buffer.alloc(32, 1);
  it("that is an address is personal; a number of a customer is not", () => {
    for (const id of ["a@b.de", "+48 601 234 567", "0048601234567", "+1 (555) 010-9999"])
      assert.ok(looksPersonal(id), id);
    for (const id of ["12345678", "48601234567", "user-7", "a b@c", "+12", "ORDER@HOME"])
      assert.ok(!looksPersonal(id), id);
  });

  it("has one hash in all its spellings, and another one under another key", () => {
    assert.equal(safeId("user", "Anna@Example.com", key), safeId("email", " anna@example.com", key));
    assert.equal(safeId("phone", "0048 601-234-567", key), safeId("phone", "+48601234567", key));
    assert.notEqual(safeId("phone", "+48601234567", key), safeId("loyalty", "+48601234567".slice(1), key));
    assert.notEqual(safeId("email", "a@b.de", key), safeId("email", "a@b.de", Buffer.alloc(32, 2)));
    assert.equal(safeId("user", "4711", key), "4711");
  });
});

describe("an address inside a text", () => {
  const cases: [text: string, masked: string][] = [
    ["write to a.b+c@example.co.uk, please", "write to [email], please"],
    ["https://x.example/?mail=a@b.de&next=c%40d.org#z", "https://x.example/?mail=[email]&next=[email]#z"],
    ["<a@b.de>;c@d.de", "<[email]>;[email]"],
    ["a@b.de@c.de", "[email]@c.de"],
    ["@mention and me@home and 50%40", "@mention and me@home and 50%40"],
    ["a@b", "a@b"],
    ["", ""],
  ];
  for (const [text, masked] of cases)
    it(`is masked: ${text}`, () => assert.equal(maskAddresses(text), masked));

  it("is looked for in time that grows with the text alone", () => {
    // A pattern with two open ends takes minutes for these; the test runner's own limit is the judge.
    const hostile = [
      "a".repeat(2e6) + " @",
      "a@".repeat(1e6),
      `${"a".repeat(64)}@${"a".repeat(255)}`.repeat(6_000),
      `0@${".".repeat(2e6)} `,
    ];
    for (const text of hostile) {
      assert.equal(maskAddresses(text), text);
      assert.ok(!looksPersonal(text));
    }
  });
});
