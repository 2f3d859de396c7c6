import { createSeal, openerFromText, SealError, type Bytes, type Seal } from "./seal.ts";
import { LIST_MARK, type HandedList } from "./handedList.ts";
import { openChunks, packChunks, sealEnd, unpackChunks } from "./sealedClip.ts";

/** A look as the phone gets it. `Details` is what the mirror knows of it (article, turn), as JSON. */
export interface HandedLook<Details> {
  /** Opens the look's part: text of its seal. */
  seal: string;
  mimeType: string;
  details: Details;
}

/** A look to hand over: its clip as stored, and its seal. */
export interface LookToHand<Details> {
  seal: Seal;
  chunks: readonly Bytes[];
  mimeType: string;
  details: Details;
}

/** What the server keeps, and what it must never see. */
export interface HandOff {
  /** Ciphertext only: part 0 is the manifest, the others are the looks in its order. */
  parts: Bytes[];
  /** Goes behind the `#` of the link, which no browser sends. */
  fragment: string;
}

/** Makes a hand-off: the key in the link opens the manifest, and the manifest has the keys of the clips. */
export async function sealHandOff<Details>(looks: readonly LookToHand<Details>[]): Promise<HandOff> {
  const manifest: HandedLook<Details>[] = await Promise.all(
    looks.map(async ({ seal, mimeType, details }) => ({ seal: await seal.toText(), mimeType, details })),
  );
  const { part, key } = await sealText(manifest);
  return { parts: [part, ...looks.map(({ chunks }) => packChunks(chunks))], fragment: key };
}

/** Makes a hand-off of a list alone. */
export async function sealList(list: HandedList): Promise<HandOff> {
  const { part, key } = await sealText(list);
  return { parts: [part], fragment: key + LIST_MARK };
}

async function sealText(value: object): Promise<{ part: Bytes; key: string }> {
  const seal = await createSeal();
  const text = new TextEncoder().encode(JSON.stringify(value));
  const sealed = [await seal.sealChunk({ index: 0, last: false }, text), await sealEnd(seal, 1)];
  return { part: packChunks(sealed), key: await seal.toText() };
}

/**
 * Opens the manifest of a hand-off.
 * @throws SealError when the part is not what the mirror sealed under that fragment
 */
export async function openManifest<Details>(part: Bytes, fragment: string): Promise<HandedLook<Details>[]> {
  return (await openText(part, fragment)) as HandedLook<Details>[];
}

/**
 * Opens a list.
 * @param key the fragment, without its mark
 * @throws SealError as above
 */
export async function openList(part: Bytes, key: string): Promise<HandedList> {
  return (await openText(part, key)) as HandedList;
}

/** Only the mirror can have sealed it, so its shape is not doubted. */
async function openText(part: Bytes, key: string): Promise<unknown> {
  const opener = await openerFromText(key);
  const [text, ...rest] = await openChunks(opener, unpackChunks(part));
  if (!text || rest.length > 0) throw new SealError("broken", "What the mirror sealed is incomplete.");
  return JSON.parse(new TextDecoder().decode(text));
}

/**
 * Opens one look of a hand-off, to be played.
 * @throws SealError when the part is not that look's
 */
export async function openLook(part: Bytes, { seal, mimeType }: HandedLook<unknown>): Promise<Blob> {
  const chunks = await openChunks(await openerFromText(seal), unpackChunks(part));
  return new Blob(chunks, { type: mimeType });
}
