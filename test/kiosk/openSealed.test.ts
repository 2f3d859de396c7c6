import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { openLook, openManifest, SealError } from "../../kiosk/phone/src/openSealed.ts";
import { sealLooks, sealPart } from "../support/sealLooks.ts";

const blobOf = (bytes: Uint8Array): Blob => new Blob([bytes as BlobPart]);
const lookOf = (seal: string) => ({ seal, mimeType: "video/webm", details: {} });
const open = (part: Uint8Array, seal: string) => openLook(blobOf(part), lookOf(seal));
const refused = (part: Uint8Array, seal: string) => assert.rejects(open(part, seal), SealError);

/** A sealed part taken apart, each chunk with its length. */
function chunksOf(part: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < part.length;) {
    const end = at + 4 + part.readUInt32BE(at);
    chunks.push(part.subarray(at, end));
    at = end;
  }
  return chunks;
}

describe("a sealed look on the phone", () => {
  it("opens to the bytes and the format the mirror recorded", async () => {
    const film = randomBytes(300_000);
    const details = { article: { name: "Coat" } };
    const { parts, fragment } = await sealLooks([{ film, mimeType: "video/webm;codecs=vp9", details }]);
    const [look, ...rest] = await openManifest(blobOf(parts[0]!), fragment);
    assert.deepEqual([look?.details, rest], [details, []]);
    const opened = await openLook(blobOf(parts[1]!), look!);
    assert.equal(opened.type, "video/webm;codecs=vp9");
    assert.ok(film.equals(Buffer.from(await opened.arrayBuffer())));
  });

  it("does not open with any one of 1,000 bits changed", async () => {
    const { part, seal } = await sealPart([randomBytes(400), randomBytes(400), randomBytes(400)]);
    let refusals = 0;
    for (let i = 0; i < 1000; i++) {
      const bit = Math.floor((i / 1000) * part.length * 8);
      const changed = Buffer.from(part);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      await refused(changed, seal);
      refusals++;
    }
    assert.equal(refusals, 1000);
    assert.equal((await open(part, seal)).size, 1200, "control: unchanged it opens");
  });

  it("does not open when chunks are exchanged, left out, repeated or added, or of another clip", async () => {
    const [one, other] = [
      await sealPart([randomBytes(90), randomBytes(90)]),
      await sealPart([randomBytes(90)]),
    ];
    const [a, b, end] = chunksOf(one.part) as [Buffer, Buffer, Buffer];
    const [foreign] = chunksOf(other.part) as [Buffer];
    const wrong = [
      [b, a, end],
      [a, end],
      [a, b],
      [a],
      [],
      [end],
      [a, a, end],
      [a, b, b, end],
      [a, b, end, end],
      [foreign, b, end],
    ];
    for (const chunks of wrong) await refused(Buffer.concat(chunks), one.seal);
    for (let cut = 1; cut < 40; cut++) await refused(one.part.subarray(0, -cut), one.seal);
  });

  it("does not open with another key, or less than one", async () => {
    const { part, seal } = await sealPart([randomBytes(90)]);
    const other = await sealPart([randomBytes(90)]);
    for (const wrong of [
      other.seal,
      "",
      seal.slice(1),
      `${seal}A`,
      seal.slice(0, 22) + other.seal.slice(22),
      "!".repeat(64),
    ])
      await refused(part, wrong);
  });
});
