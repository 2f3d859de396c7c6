import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openList, openLook, openManifest, sealHandOff, sealList } from "../../kiosk/src/clips/handOff.ts";
import { createSeal, openerFromText, SealError, type Bytes, type Seal } from "../../kiosk/src/clips/seal.ts";
import { openChunks, packChunks, sealEnd, unpackChunks } from "../../kiosk/src/clips/sealedClip.ts";
import { createChance, type Chance } from "../faults/simulation/support/chance.ts";

const TRIALS = 1000;

interface Sealed {
  seal: Seal;
  slices: Bytes[];
  chunks: Bytes[];
}

/** A clip of `count` slices of various lengths. */
async function sealedClip({ below }: Chance, count: number): Promise<Sealed> {
  const seal = await createSeal();
  const slices = Array.from({ length: count }, () =>
    Uint8Array.from({ length: below(900) }, () => below(256)),
  );
  const chunks: Bytes[] = [];
  for (const [index, slice] of slices.entries())
    chunks.push(await seal.sealChunk({ index, last: false }, slice));
  return { seal, slices, chunks: [...chunks, await sealEnd(seal, count)] };
}

type Attack = (
  clip: Sealed,
  other: Sealed,
  chance: Chance,
) => { opener: Pick<Seal, "openChunk">; chunks: Bytes[] };

const on = ({ seal }: Sealed, chunks: Bytes[]) => ({ opener: seal, chunks });

const ATTACKS: Record<string, Attack> = {
  "one bit changed": (clip, _, { below }) => {
    const at = below(clip.chunks.length);
    const changed = clip.chunks[at]!.slice();
    changed[below(changed.length)]! ^= 1 << below(8);
    return on(clip, clip.chunks.with(at, changed));
  },
  "wrong key": (clip, other) => ({ opener: other.seal, chunks: clip.chunks }),
  "two chunks swapped": (clip, _, { below }) => {
    const at = 1 + below(clip.chunks.length - 1);
    return on(clip, clip.chunks.with(at, clip.chunks[at - 1]!).with(at - 1, clip.chunks[at]!));
  },
  "a chunk dropped": (clip, _, { below }) => on(clip, clip.chunks.toSpliced(below(clip.chunks.length), 1)),
  "the end cut off": (clip, _, { below }) => on(clip, clip.chunks.slice(0, below(clip.chunks.length))),
  "a chunk appended": (clip, other, { pick }) =>
    on(clip, [...clip.chunks, pick([...clip.chunks, ...other.chunks])]),
  "a chunk doubled": (clip, _, { below }) => {
    const at = below(clip.chunks.length);
    return on(clip, clip.chunks.toSpliced(at, 0, clip.chunks[at]!));
  },
  "a chunk cut": (clip, _, { below }) => {
    const at = below(clip.chunks.length);
    return on(clip, clip.chunks.with(at, clip.chunks[at]!.slice(0, below(clip.chunks[at]!.length))));
  },
  "another clip's chunk": (clip, other, { below }) => {
    const at = below(clip.chunks.length);
    return on(clip, clip.chunks.with(at, other.chunks[at]!));
  },
  "key destroyed": (clip) => {
    clip.seal.destroy();
    return on(clip, clip.chunks);
  },
};

describe("a sealed clip", () => {
  it(`opens as it was, and in ${TRIALS} trials never when anything about it is not`, async () => {
    const chance = createChance(9);
    const names = Object.keys(ATTACKS);
    const refused: Record<string, number> = {};
    for (let trial = 0; trial < TRIALS; trial++) {
      const name = names[trial % names.length]!;
      const count = 2 + chance.below(6);
      const [clip, other] = [await sealedClip(chance, count), await sealedClip(chance, count)];
      assert.deepEqual(await openChunks(clip.seal, clip.chunks), clip.slices);
      const { opener, chunks } = ATTACKS[name]!(clip, other, chance);
      const code = name === "key destroyed" ? "destroyed" : "broken";
      await assert.rejects(
        openChunks(opener, chunks),
        (error) => error instanceof SealError && error.code === code,
      );
      refused[name] = (refused[name] ?? 0) + 1;
    }
    console.log(`${TRIALS} trials, 0 opened: ${JSON.stringify(refused)}`);
  });

  it("never seals one place twice", async () => {
    const seal = await createSeal();
    await seal.sealChunk({ index: 3, last: false }, new Uint8Array(4));
    for (const index of [3, 2, 0])
      await assert.rejects(seal.sealChunk({ index, last: false }, new Uint8Array(4)), RangeError);
  });

  it("comes out of one piece as it went in, and not out of a piece that was cut", async () => {
    const { chunks } = await sealedClip(createChance(2), 5);
    const packed = packChunks(chunks);
    assert.deepEqual(unpackChunks(packed), chunks);
    for (const bytes of [1, 3, 5, 19])
      assert.throws(() => unpackChunks(packed.subarray(0, packed.length - bytes)), SealError);
    assert.throws(() => unpackChunks(Uint8Array.from([255, 255, 255, 255, 1])), SealError);
  });
});

describe("a hand-off", () => {
  async function handedOff() {
    const chance = createChance(5);
    const clips = [await sealedClip(chance, 3), await sealedClip(chance, 4)];
    const looks = clips.map(({ seal, chunks }, i) => ({
      seal,
      chunks,
      mimeType: "video/webm;codecs=vp9",
      details: { article: `coat ${i}` },
    }));
    return { clips, ...(await sealHandOff(looks)) };
  }

  it("is opened by the link's fragment: the list first, then each look", async () => {
    const { clips, parts, fragment } = await handedOff();
    const looks = await openManifest<{ article: string }>(parts[0]!, fragment);
    assert.deepEqual(
      looks.map(({ details }) => details.article),
      ["coat 0", "coat 1"],
    );
    for (const [i, look] of looks.entries()) {
      const blob = await openLook(parts[i + 1]!, look);
      assert.deepEqual(Buffer.from(await blob.arrayBuffer()), Buffer.concat(clips[i]!.slices));
      assert.equal(blob.type, look.mimeType);
    }
  });

  it("of a list alone is one sealed part, and says in the link that it is a list", async () => {
    const list = { store: "Kungsgatan", articles: [{ sku: "c1", name: "coat", size: "M", picture: "abc" }] };
    const { parts, fragment } = await sealList(list);
    assert.equal(parts.length, 1);
    const [key, mark] = fragment.split(".");
    assert.deepEqual([key!.length, mark], [64, "list"]);
    assert.deepEqual(await openList(parts[0]!, key!), list);
    for (const secret of ["coat", "Kungsgatan", key!])
      assert.ok(!Buffer.from(parts[0]!).toString("latin1").includes(secret));
  });

  it("shows the server nothing: no word of the list, no key", async () => {
    const { parts, fragment } = await handedOff();
    const [look] = await openManifest<unknown>(parts[0]!, fragment);
    for (const part of parts.map((bytes) => Buffer.from(bytes).toString("latin1")))
      for (const secret of ["coat", "webm", look!.seal, fragment]) assert.ok(!part.includes(secret));
  });

  it("stays shut to another fragment, to parts in another order, and to a key cut short", async () => {
    const [one, other] = [await handedOff(), await handedOff()];
    const broken = (error: unknown) => error instanceof SealError && error.code === "broken";
    await assert.rejects(openManifest(one.parts[0]!, other.fragment), broken);
    await assert.rejects(openManifest(one.parts[0]!, one.fragment.slice(1)), broken);
    await assert.rejects(openManifest(one.parts[1]!, one.fragment), broken);
    const [look] = await openManifest<unknown>(one.parts[0]!, one.fragment);
    await assert.rejects(openLook(one.parts[2]!, look!), broken);
    await assert.rejects(openerFromText("not base64url!"), broken);
  });

  it("cannot be made any more once a clip's key was destroyed", async () => {
    const { seal, chunks } = await sealedClip(createChance(3), 2);
    seal.destroy();
    const handing = sealHandOff([{ seal, chunks, mimeType: "video/webm", details: {} }]);
    await assert.rejects(handing, (error) => error instanceof SealError && error.code === "destroyed");
  });
});
