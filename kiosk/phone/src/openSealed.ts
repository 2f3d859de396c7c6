import * as handOff from "@vitrine/kiosk/clips";
import type { HandedList, HandedLook } from "@vitrine/kiosk/clips";

export { SealError, type HandedLook } from "@vitrine/kiosk/clips";

/** True for a link's fragment that can be a key. */
export function isKey(fragment: string): boolean {
  return /^[-\w]{64}$/.test(fragment);
}

/** Opens the list of looks: part 0, under the key of the link. @throws SealError */
export async function openManifest<Details>(part: Blob, fragment: string): Promise<HandedLook<Details>[]> {
  return handOff.openManifest<Details>(await bytesOf(part), fragment);
}

/** Opens a list of garments: the only part there is. @throws SealError */
export async function openList(part: Blob, key: string): Promise<HandedList> {
  return handOff.openList(await bytesOf(part), key);
}

/** Opens one look, to be played. @throws SealError */
export async function openLook(part: Blob, look: HandedLook<unknown>): Promise<Blob> {
  return handOff.openLook(await bytesOf(part), look);
}

const bytesOf = async (part: Blob) => new Uint8Array(await part.arrayBuffer());
