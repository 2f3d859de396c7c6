import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { judgeSignatures, sumUp, type SignatureCases } from "./judgeSignatures.ts";

interface Vector {
  tcId: number;
  key: string;
  iv: string;
  aad: string;
  msg: string;
  ct: string;
  tag: string;
  result: "valid" | "invalid";
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`cases/wycheproof/${name}.json`, import.meta.url), "utf8"));

const { testGroups } = read("aes-256-gcm") as { testGroups: { tests: Vector[] }[] };
const vectors = testGroups.flatMap(({ tests }) => tests);

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));

/** What Web Crypto makes of a vector: the opened text as hex, or undefined. */
async function open({ key, iv, aad, ct, tag }: Vector): Promise<string | undefined> {
  const imported = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["decrypt"]);
  const parameters = { name: "AES-GCM", iv: bytes(iv), additionalData: bytes(aad) };
  const opened = crypto.subtle.decrypt(parameters, imported, bytes(ct + tag));
  return opened.then((text) => Buffer.from(text).toString("hex")).catch(() => undefined);
}

async function seal({ key, iv, aad, msg }: Vector): Promise<string> {
  const imported = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["encrypt"]);
  const parameters = { name: "AES-GCM", iv: bytes(iv), additionalData: bytes(aad) };
  return Buffer.from(await crypto.subtle.encrypt(parameters, imported, bytes(msg))).toString("hex");
}

describe("Wycheproof's AES-256-GCM vectors", () => {
  it("are all here", () => assert.equal(vectors.length, 66));

  it("open when they are valid, and only then", async () => {
    for (const vector of vectors)
      assert.equal(await open(vector), vector.result === "valid" ? vector.msg : undefined, `${vector.tcId}`);
  });

  it("are what sealing gives", async () => {
    for (const vector of vectors.filter(({ result }) => result === "valid"))
      assert.equal(await seal(vector), vector.ct + vector.tag, `${vector.tcId}`);
  });
});

describe("Wycheproof's ECDSA P-256 vectors", () => {
  it("are taken by what verifies rules when they are valid, and only then", async (t) => {
    const judged = await judgeSignatures(read("ecdsa-p256-p1363") as SignatureCases);
    assert.equal(judged.filter(({ expected }) => expected === "valid").length, 173);
    assert.equal(judged.filter(({ expected }) => expected === "invalid").length, 89);
    t.diagnostic(sumUp(judged));
    assert.deepEqual(
      judged.filter(({ expected, verdict }) => expected !== verdict),
      [],
    );
  });
});
