import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it, type TestContext } from "node:test";
import { SignJWT, UnsecuredJWT, type JWTPayload } from "jose";
import { canonicalFold } from "../../packages/core/src/index.ts";
import type { VitrineOptions } from "../../packages/server/src/index.ts";
import { newDevice, NOW, runVitrine, viewed, type Device, type Running } from "./support/runVitrine.ts";

const SECRET = "the shop's own secret of 32 bytes or more";
const proof: NonNullable<VitrineOptions["proof"]> = { alg: "HS256", secret: SECRET };
const S = NOW / 1000;

/** A token as the shop's server would sign it. */
function token(
  device: Device,
  userId: string,
  more: JWTPayload = {},
  secret: string = SECRET,
  alg: string = "HS256",
): Promise<string> {
  const claims = { aud: "default", sub: userId, iat: S, exp: S + 300, device: device.id, ...more };
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(Buffer.from(secret));
}

const identify = (
  device: Device,
  userId: string,
  proofText?: string,
  seq: number = 900,
  more: object = {},
): object => ({
  type: "identify",
  messageId: `i-${device.id}-${userId}-${seq}`,
  anonymousId: device.id,
  userId,
  traits: { plan: `of ${userId}` },
  context: { writer: { id: "w", seq }, ...(proofText === undefined ? {} : { proof: proofText }) },
  ...more,
});

const send = (server: Running, device: Device, ...batch: object[]) =>
  server.send(batch, { device: device.secret });

const foldOf = (server: Running, identity: string) =>
  canonicalFold(
    server.vitrine.services.collector.rows.read("default", identity)?.fold ?? { newest: 0, oldest: 0 },
  );

/** A server that knows Anna: her own device, proven, and an order from the till. */
async function withAnna(
  t: TestContext,
  options: Partial<VitrineOptions> = {},
): Promise<{ server: Running; anna: Device }> {
  const server = await runVitrine(t, { proof, ...options });
  const anna = newDevice();
  await send(server, anna, viewed(anna, "w", 1), identify(anna, "anna", await token(anna, "anna")));
  const order = {
    type: "track",
    event: "Order Completed",
    messageId: "o1",
    userId: "anna",
    properties: { order_id: "1", products: [{ product_id: "coat" }] },
  };
  await server.send([order], { writeKey: server.secretKey });
  return { server, anna };
}

describe("a proof", () => {
  it("joins the device with the person, whose orders it then sees", async (t) => {
    const { server, anna } = await withAnna(t);
    const snapshot = await server.profile(anna);
    assert.deepEqual(Object.keys(snapshot.fold.orders ?? {}), ["1"]);
    assert.ok(snapshot.fold.recent!.p1);
    assert.deepEqual(snapshot.identities, [
      { namespace: "anonymous", id: anna.id },
      { namespace: "user", id: "anna" },
    ]);
  });

  it("joins a second device of the same person", async (t) => {
    const { server, anna } = await withAnna(t);
    const phone = newDevice();
    const [result] = await send(server, phone, identify(phone, "anna", await token(phone, "anna")));
    assert.equal(result!.proof, "proven");
    assert.ok((await server.profile(phone)).fold.recent!.p1, "what she looked at on the first");
    assert.equal((await server.profile(phone)).revision, (await server.profile(anna)).revision);
  });

  it("leaves no trace in the log", async (t) => {
    const { server, anna } = await withAnna(t);
    const text = JSON.stringify(server.vitrine.services.collector.log.newest("default", 1e9, 100));
    assert.ok(!text.includes((await token(anna, "anna")).split(".")[2]!));
  });

  const other = newDevice();
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const bad: [name: string, word: string, make: (device: Device) => Promise<string> | string][] = [
    ["expired two minutes ago", "expired", (device) => token(device, "anna", { iat: S - 400, exp: S - 120 })],
    ["of another device", "wrong_device", (device) => token(device, "anna", { device: other.id })],
    ["of another person", "invalid", (device) => token(device, "bea")],
    ["of another site", "invalid", (device) => token(device, "anna", { aud: "other" })],
    ["that lives an hour", "invalid", (device) => token(device, "anna", { exp: S + 3600 })],
    [
      "that lives an hour and was issued in the future",
      "invalid",
      (device) => token(device, "anna", { iat: S + 3000, exp: S + 3600 }),
    ],
    ["without end", "invalid", (device) => token(device, "anna", { exp: undefined as never })],
    ["without device", "invalid", (device) => token(device, "anna", { device: undefined })],
    ["not valid yet", "invalid", (device) => token(device, "anna", { nbf: S + 200 })],
    [
      "signed with another key",
      "invalid",
      (device) => token(device, "anna", {}, "another secret of 32 bytes or more ."),
    ],
    [
      "of another algorithm with the same key",
      "invalid",
      (device) => token(device, "anna", {}, SECRET, "HS512"),
    ],
    [
      "without signature",
      "invalid",
      (device) => new UnsecuredJWT({ aud: "default", sub: "anna", exp: S + 300, device: device.id }).encode(),
    ],
    [
      "signed with a key of its own",
      "invalid",
      (device) =>
        new SignJWT({ aud: "default", sub: "anna", exp: S + 300, device: device.id })
          .setProtectedHeader({ alg: "ES256" })
          .sign(ec.privateKey),
    ],
    ["that is no token", "invalid", () => "proof"],
    ["that is empty", "invalid", () => ""],
  ];
  for (const [name, word, make] of bad) {
    it(`${name} proves nothing`, async (t) => {
      const { server } = await withAnna(t);
      const before = foldOf(server, "user:anna");
      const mallory = newDevice();
      const [result] = await send(server, mallory, identify(mallory, "anna", await make(mallory)));
      assert.deepEqual([result!.status, result!.proof], ["accepted", word]);
      const snapshot = await server.profile(mallory);
      assert.deepEqual(snapshot.identities, [{ namespace: "anonymous", id: mallory.id }]);
      assert.equal(snapshot.fold.orders, undefined);
      assert.equal(foldOf(server, "user:anna"), before);
    });
  }

  it("is checked with a public key just so", async (t) => {
    const server = await runVitrine(t, {
      proof: { alg: "ES256", jwk: ec.publicKey.export({ format: "jwk" }) },
    });
    const device = newDevice();
    const claims = { aud: "default", sub: "anna", iat: S, exp: S + 300, device: device.id };
    const good = await new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(ec.privateKey);
    // The classic confusion: the public key taken for an HMAC secret.
    const confused = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256" })
      .sign(Buffer.from(ec.publicKey.export({ format: "pem", type: "spki" })));
    const words = [];
    for (const [seq, text] of [confused, good].entries()) {
      words.push((await send(server, device, identify(device, "anna", text, seq + 1)))[0]!.proof);
    }
    assert.deepEqual(words, ["invalid", "proven"]);
  });

  it("of a second person on one device joins nothing, and brings none of their traits", async (t) => {
    const { server, anna } = await withAnna(t);
    const bea = newDevice();
    await send(server, bea, identify(bea, "bea", await token(bea, "bea")));
    const before = [await server.profile(anna), await server.profile(bea)] as const;
    const [result] = await send(server, anna, identify(anna, "bea", await token(anna, "bea"), 901));
    assert.equal(result!.proof, "other_person");
    const after = [await server.profile(anna), await server.profile(bea)] as const;
    assert.deepEqual(after[0].identities, before[0].identities);
    assert.deepEqual(after[0].fold.traits!.plan!.v, "of anna");
    assert.deepEqual({ ...after[1], time: 0 }, { ...before[1], time: 0 });
  });

  it("says so again when its first answer was lost", async (t) => {
    const { server, anna } = await withAnna(t);
    const [again] = await send(server, anna, identify(anna, "anna", await token(anna, "anna")));
    assert.deepEqual([again!.status, again!.proof], ["duplicate", "proven"]);
  });
});

const claim = (userId: string, more: object = {}) => ({
  type: "track",
  event: "Order Completed",
  messageId: `m${Math.random()}`,
  userId,
  properties: { order_id: "forged" },
  ...more,
});

describe("somebody else's id without proof", () => {
  type Attack = (server: Running, mallory: Device, anna: Device) => Promise<unknown>;
  const attacks: Record<string, Attack> = {
    "a claim by identify": (server, mallory) => send(server, mallory, identify(mallory, "anna")),
    "a claim in a track": (server, mallory) =>
      send(server, mallory, claim("anna", { anonymousId: mallory.id })),
    "a userId alone": (server) => server.send([claim("anna")]),
    "the anonymous id itself": (server, _, anna) => server.send([claim("x", { anonymousId: anna.id })]),
    "the anonymous id with another device's secret": (server, mallory, anna) =>
      send(server, mallory, claim("x", { anonymousId: anna.id })),
    "the user id as an anonymous id": (server) =>
      server.send([claim("x", { anonymousId: "anna" }), claim("x", { anonymousId: "user:anna" })]),
    "an alias": (server, mallory) =>
      send(server, mallory, {
        type: "alias",
        messageId: "al",
        previousId: mallory.id,
        userId: "anna",
        anonymousId: mallory.id,
      }),
    "an alias of the device": (server, mallory, anna) =>
      send(server, mallory, {
        type: "alias",
        messageId: "al",
        previousId: anna.id,
        userId: "mallory",
        anonymousId: mallory.id,
      }),
    "external ids": (server, mallory, anna) =>
      send(
        server,
        mallory,
        claim("anna", {
          anonymousId: mallory.id,
          context: {
            externalIds: [
              { type: "user", id: "anna" },
              { type: "anonymous", id: anna.id },
            ],
          },
        }),
      ),
    "defaults of the batch": (server, mallory, anna) =>
      server.post("/v1/batch", {
        writeKey: server.siteKey,
        device: mallory.secret,
        anonymousId: anna.id,
        userId: "anna",
        batch: [claim("anna")],
      }),
    "a single-event path": (server, _, anna) =>
      server.post("/v1/track", { writeKey: server.siteKey, ...claim("anna", { anonymousId: anna.id }) }),
    "an import": (server, _, anna) =>
      server.post("/v1/import", {
        writeKey: server.siteKey,
        batch: [claim("anna", { anonymousId: anna.id })],
      }),
    "closing her writers": (server, mallory) =>
      server.send([], { device: mallory.secret, finished: [{ id: "w", last: 99 }] }),
  };
  for (const [name, attack] of Object.entries(attacks)) {
    it(`reads nothing of theirs and writes nothing into theirs: ${name}`, async (t) => {
      const { server, anna } = await withAnna(t);
      const mallory = newDevice();
      const before = { ...(await server.profile(anna, ["w"])), time: 0 };
      await attack(server, mallory, anna);
      assert.deepEqual({ ...(await server.profile(anna, ["w"])), time: 0 }, before, "nothing was written");
      const own = await server.profile(mallory);
      assert.deepEqual(own.identities, [{ namespace: "anonymous", id: mallory.id }], "nothing was joined");
      assert.ok(!JSON.stringify(own.fold).includes("coat"), "nothing was read");
    });
  }

  it("is kept as a claim, for people to look at", async (t) => {
    const { server } = await withAnna(t);
    const mallory = newDevice();
    await send(server, mallory, identify(mallory, "anna"));
    const claims = server.vitrine.services.collector.graph.claimsOf("default", [`anonymous:${mallory.id}`]);
    assert.deepEqual(
      { ...claims[0] },
      { identity: `anonymous:${mallory.id}`, claimed: "user:anna", firstAt: NOW },
    );
  });

  it("reads no profile with a key, a wrong secret or no secret", async (t) => {
    const { server, anna } = await withAnna(t);
    const path = `${server.url}/v1/profile?site=${server.siteKey}&anonymousId=${anna.id}`;
    for (const bearer of [
      undefined,
      server.siteKey,
      server.secretKey,
      anna.id,
      "anna",
      `${anna.secret}x`,
      "",
    ]) {
      const answer = await fetch(path, {
        headers: bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` },
      });
      assert.equal(answer.status, 401, bearer);
      assert.ok(!(await answer.text()).includes("coat"));
    }
    const stranger = await fetch(path, { headers: { Authorization: `Bearer ${newDevice().secret}` } });
    assert.ok(!(await stranger.text()).includes("coat"));
  });
});

describe("an event of a secret key", () => {
  it("joins the identities it names together", async (t) => {
    const server = await runVitrine(t);
    const device = newDevice();
    await send(server, device, viewed(device, "w", 1));
    const externalIds = [
      { type: "loyalty", id: "LOY-1" },
      { type: "phone", id: "+48 601 234 567" },
    ];
    await server.send(
      [
        {
          type: "identify",
          messageId: "i",
          userId: "anna",
          anonymousId: device.id,
          context: { externalIds },
        },
      ],
      {
        writeKey: server.secretKey,
      },
    );
    const { identities } = await server.profile(device);
    assert.deepEqual(
      identities.map(({ namespace }) => namespace),
      ["anonymous", "loyalty", "phone", "user"],
    );
    assert.ok(!JSON.stringify(identities).includes("601"));
  });

  it("never chains two users together, on any path", async (t) => {
    const server = await runVitrine(t);
    const [one, two] = [newDevice(), newDevice()];
    const byServer = (userId: string, anonymousId: string, id: string) =>
      server.send(
        [
          {
            type: "identify",
            messageId: `${userId}${anonymousId}${id}`,
            userId,
            anonymousId,
            context: { externalIds: [{ type: "phone", id }] },
          },
        ],
        {
          writeKey: server.secretKey,
        },
      );
    await byServer("anna", one.id, "+48601234567");
    await byServer("bea", two.id, "+48601234568");
    const [throughDevice] = await byServer("bea", one.id, "+48601234568");
    const [throughPhone] = await byServer("bea", two.id, "+48 601 234 567");
    assert.deepEqual([throughDevice!.proof, throughPhone!.proof], ["other_person", "other_person"]);
    const users = async (device: Device) =>
      (await server.profile(device)).identities.flatMap(({ namespace, id }) =>
        namespace === "user" ? id : [],
      );
    assert.deepEqual([await users(one), await users(two)], [["anna"], ["bea"]]);
  });
});

describe("an undone join", () => {
  it("restores both sides to the byte, and moves both revisions", async (t) => {
    const server = await runVitrine(t, { proof });
    const device = newDevice();
    await send(server, device, viewed(device, "w", 1));
    await server.send([{ type: "identify", messageId: "t", userId: "anna", traits: { vip: true } }], {
      writeKey: server.secretKey,
    });
    const before = [canonicalFold((await server.profile(device)).fold), foldOf(server, "user:anna")];
    await server.send([{ type: "page", messageId: "p", userId: "anna", anonymousId: device.id }], {
      writeKey: server.secretKey,
    });
    const joined = await server.profile(device);
    assert.ok(joined.fold.traits!.vip);
    const { collector, audit } = server.vitrine.services;
    const [join] = collector.graph.joinsOf("default", ["user:anna"]);
    await collector.undoJoin("default", join!.id, "k_test");
    const after = await server.profile(device);
    assert.equal(canonicalFold(after.fold), before[0]);
    assert.ok(after.revision > joined.revision);
    assert.equal(await collector.undoJoin("default", join!.id, "k_test"), undefined, "once only");
    assert.equal(audit.list("default")[0]!.action, "join.undo");
    const again = await server.restart();
    assert.equal(canonicalFold((await again.profile(device)).fold), before[0], "also after a restart");
  });
});
