import { createECDH, createHmac } from "node:crypto";
import type { SignedRuleset } from "@vitrine/core";
import { createSigner, type Signer } from "../../browser/support/createSigner.ts";
import { saying } from "./rulesShop.ts";

const inBase64Url = (bytes: Uint8Array | string) => Buffer.from(bytes as string).toString("base64url");

/** The order of the curve's points: as `r` or `s` it is as good as 0. */
const ORDER = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");

/** A signature as other libraries write it. */
function inDer(signature: string): string {
  const raw = Buffer.from(signature, "base64url");
  const number = (bytes: Buffer) => Buffer.concat([Buffer.of(2, 33, 0), bytes]);
  const pair = Buffer.concat([number(raw.subarray(0, 32)), number(raw.subarray(32))]);
  return inBase64Url(Buffer.concat([Buffer.of(0x30, pair.length), pair]));
}

/** Signatures that are none, or of something else. */
function signaturesOf(
  own: Signer,
  { payload, signature: others }: SignedRuleset,
  signature: string,
): unknown[] {
  const point = Buffer.from(own.rulesKey, "base64url");
  const hmac = (key: Buffer | string) => createHmac("sha256", key).update(payload).digest();
  return [
    "",
    signature,
    `${signature}=`,
    signature.slice(0, -1),
    inDer(others),
    inBase64Url(Buffer.alloc(64)),
    inBase64Url(Buffer.concat([ORDER, ORDER])),
    inBase64Url(Buffer.concat([Buffer.alloc(31), Buffer.of(1), Buffer.alloc(31), Buffer.of(1)])),
    inBase64Url(hmac(point)),
    inBase64Url(hmac(own.rulesKey)),
    inBase64Url(Buffer.concat([hmac(point), hmac(point)])),
    "none",
    null,
    0,
    true,
    [],
    {},
  ];
}

/** What somebody hands out who has the site's public key, its genuine rulesets, and a key of another site. */
export async function forgeRules(own: Signer, genuine: SignedRuleset): Promise<unknown[]> {
  const rules = [saying("Forged")];
  const other = await createSigner();
  const theirs = await other.sign({ version: 2, rules });
  const { payload } = theirs;
  const header = inBase64Url(JSON.stringify({ alg: "none" }));
  const curve = createECDH("prime256v1");
  curve.generateKeys();
  const kids = ["", "other", "../other", "https://evil.example/key", 0, null, { jwk: other.rulesKey }];
  const key = { rulesKey: other.rulesKey, key: other.rulesKey, jwk: { x: 1 }, publicKey: other.rulesKey };
  return [
    theirs,
    { payload },
    ...signaturesOf(own, theirs, genuine.signature).map((signature) => ({ payload, signature, kid: "k" })),
    ...kids.map((kid) => ({ ...theirs, kid })),
    ...["none", "HS256", "ES256", "RS256"].map((alg) => ({
      ...theirs,
      alg,
      algorithm: alg,
      header: { alg },
    })),
    { ...theirs, ...key },
    { ...theirs, signature: inBase64Url(curve.getPublicKey()) },
    { ...genuine, payload: genuine.payload.replace(/"rules":.*/s, `"rules":${JSON.stringify(rules)}}`) },
    { ...genuine, payload: `${genuine.payload}${payload}` },
    { ...genuine, payload: ` ${genuine.payload}` },
    { ...genuine, payload: JSON.parse(payload) },
    { ...genuine, rules, payload },
    JSON.parse(payload),
    `${header}.${inBase64Url(payload)}.`,
    [theirs, genuine],
    { genuine, ...theirs },
    [],
    {},
    null,
    "",
    0,
  ];
}
