import assert from "node:assert/strict";
import { createECDH, createPrivateKey, generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import type { SignedRuleset } from "@vitrine/core";
import { createRulesSigner, verifyRuleset } from "../../packages/server/src/rules/rulesSigner.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const curve = createECDH("prime256v1");
curve.setPrivateKey(Buffer.from(privateKey.export({ format: "jwk" }).d!, "base64url"));
const publicPoint = curve.getPublicKey().toString("base64url");
const signer = createRulesSigner({
  privateKey: createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" })),
  publicPoint,
});
const payload = JSON.stringify({
  site: "default",
  version: 3,
  notAfter: 1,
  rules: [{ id: "größe", note: "für dich" }],
});
const signed = signer.sign(payload);

/** Every text that differs from `text` in one bit of one UTF-16 unit. */
function* flips(text: string): Generator<string> {
  for (let i = 0; i < text.length; i++) {
    for (const bit of [1, 2, 16, 32]) {
      yield text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ bit) + text.slice(i + 1);
    }
  }
}

const verify = (changes: Partial<SignedRuleset>) => verifyRuleset({ ...signed, ...changes }, publicPoint);

describe("a signed ruleset", () => {
  it("verifies with WebCrypto and the raw public point", async () => {
    assert.equal(await verify({}), true);
    assert.equal(Buffer.from(signed.signature, "base64url").length, 64);
    assert.equal(signer.kid.length, 8);
  });

  it("is refused when any character of the payload differs", async () => {
    const results = await Promise.all([...flips(payload)].map((text) => verify({ payload: text })));
    assert.ok(results.length >= payload.length * 4);
    assert.ok(results.every((isGood) => !isGood));
  });

  it("is refused when any character of the signature differs", async () => {
    const results = await Promise.all(
      [...flips(signed.signature)].map((text) => verify({ signature: text })),
    );
    assert.ok(results.length >= signed.signature.length * 4);
    assert.ok(results.every((isGood) => !isGood));
  });

  it("has one spelling: what a lenient decoder reads as the same bytes is refused", async () => {
    const { signature } = signed;
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // 64 bytes end in a character with four spare bits.
    const spare = alphabet[alphabet.indexOf(signature.at(-1)!) ^ 1]!;
    const spellings = [
      signature.slice(0, -1) + spare,
      `${signature}==`,
      `${signature}\n`,
      `${signature.slice(0, 40)} ${signature.slice(40)}`,
      Buffer.from(signature, "base64url").toString("base64"),
    ];
    for (const spelling of spellings) {
      assert.deepEqual(Buffer.from(spelling, "base64url"), Buffer.from(signature, "base64url"));
      assert.equal(await verify({ signature: spelling }), false);
    }
  });

  it("is refused in DER, shortened, lengthened, or with another site's key", async () => {
    const bytes = Buffer.from(signed.signature, "base64url");
    assert.equal(await verify({ signature: bytes.subarray(0, 63).toString("base64url") }), false);
    assert.equal(
      await verify({ signature: Buffer.concat([bytes, Buffer.of(0)]).toString("base64url") }),
      false,
    );
    const other = createECDH("prime256v1");
    other.generateKeys();
    assert.equal(await verifyRuleset(signed, other.getPublicKey().toString("base64url")), false);
  });
});
