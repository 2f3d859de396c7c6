// Sealing to a public key, held to the RFC's own numbers.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  openSealed,
  parseSealedEvent,
  sealedAbout,
  sealTo,
  type Bytes,
  type RecipientKey,
  type Subtle,
} from "../../../packages/core/src/index.ts";

const { subtle } = webcrypto;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const bytes = (hex: string): Bytes => new Uint8Array(Buffer.from(hex.replace(/\s/g, ""), "hex"));

/** RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base, first message. */
const RFC = {
  info: bytes("4f6465206f6e2061204772656369616e2055726e"),
  aad: bytes("436f756e742d30"),
  plain: bytes("4265617574792069732074727574682c20747275746820626561757479"),
  skE: "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
  pkE: bytes(`04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325a
    c98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4`),
  skR: "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
  pkR: bytes(`04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a
    826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0`),
  ciphertext: bytes(`5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f
    9076ac232e3ab2523f39513434`),
};

async function keyOf(secret: string, publicPoint: Bytes): Promise<RecipientKey> {
  const part = (from: number, to: number) => Buffer.from(publicPoint.slice(from, to)).toString("base64url");
  const jwk = {
    kty: "EC",
    crv: "P-256",
    d: Buffer.from(secret, "hex").toString("base64url"),
    x: part(1, 33),
    y: part(33, 65),
  };
  return { privateKey: await subtle.importKey("jwk", jwk, CURVE, true, ["deriveBits"]), publicPoint };
}

const joined = (...parts: Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts));

describe("sealing to a public key", () => {
  it("opens the RFC's message", async () => {
    const key = await keyOf(RFC.skR, RFC.pkR);
    const opened = await openSealed(subtle, key, RFC, joined(RFC.pkE, RFC.ciphertext));
    assert.deepEqual(opened, RFC.plain);
  });

  it("makes the RFC's message from the RFC's ephemeral key", async () => {
    const { privateKey } = await keyOf(RFC.skE, RFC.pkE);
    const publicKey = await subtle.importKey("raw", RFC.pkE, CURVE, true, []);
    const fixed = new Proxy(subtle, {
      get: (target, name: keyof Subtle) =>
        name === "generateKey"
          ? async () => ({ privateKey, publicKey })
          : (target[name] as (...args: unknown[]) => unknown).bind(target),
    });
    const sealed = await sealTo(fixed, RFC.pkR, RFC, RFC.plain);
    assert.deepEqual(sealed, joined(RFC.pkE, RFC.ciphertext));
  });

  it("opens with nothing changed, and with anything changed not at all", async () => {
    const key = await keyOf(RFC.skR, RFC.pkR);
    const part = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((some) => new Uint8Array(some));
    await fc.assert(
      fc.asyncProperty(
        part,
        part,
        part,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (info, aad, plain, at, flip) => {
          const sealed = await sealTo(subtle, key.publicPoint, { info, aad }, plain);
          assert.deepEqual(await openSealed(subtle, key, { info, aad }, sealed), plain);
          const other = await sealTo(subtle, key.publicPoint, { info, aad }, plain);
          assert.notDeepEqual(other, sealed, "each has a key of its own");
          const changed = (from: Bytes) =>
            from.map((byte, i) => (i === at % from.length ? byte ^ flip : byte));
          await assert.rejects(openSealed(subtle, key, { info, aad }, changed(sealed)));
          await assert.rejects(openSealed(subtle, key, { info: changed(info), aad }, sealed));
          await assert.rejects(openSealed(subtle, key, { info, aad: changed(aad) }, sealed));
          await assert.rejects(openSealed(subtle, key, { info, aad }, sealed.slice(0, -1)));
        },
      ),
      { numRuns: 50 },
    );
  });

  it("refuses a point that is not on the curve", async () => {
    const point = RFC.pkR.slice();
    point[64]! ^= 1;
    await assert.rejects(sealTo(subtle, point, RFC, RFC.plain));
  });
});

describe("a sealed event", () => {
  const event = { messageId: "m1", writer: { id: "w", seq: 1 }, kid: "abcdefgh", sealed: "A".repeat(108) };

  it("is read with its fields and nothing else, or not at all", () => {
    assert.deepEqual(parseSealedEvent({ ...event, more: 1 }), event);
    for (const wrong of [
      null,
      [],
      {},
      { ...event, messageId: "" },
      { ...event, writer: { id: "w", seq: 0 } },
      { ...event, kid: "short" },
      { ...event, sealed: "A" },
      { ...event, sealed: `${event.sealed}+` },
      { ...event, sealed: "A".repeat(9000) },
    ])
      assert.equal(parseSealedEvent(wrong), undefined, JSON.stringify(wrong));
  });

  it("binds everything that stands in the open", () => {
    const abouts = [
      event,
      { ...event, messageId: "m2" },
      { ...event, writer: { id: "w", seq: 2 } },
      { ...event, writer: { id: "x", seq: 1 } },
      { ...event, kid: "hgfedcba" },
    ].map(sealedAbout);
    assert.equal(new Set(abouts).size, abouts.length);
  });
});
