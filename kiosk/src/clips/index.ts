/** What the shopper's phone opens, and the mirror seals for it. */
export {
  openList,
  openLook,
  openManifest,
  sealHandOff,
  type HandedLook,
  type HandOff,
  type LookToHand,
} from "./handOff.ts";
export { fromBase64Url } from "./base64Url.ts";
export { LIST_MARK, type HandedList, type ListedArticle } from "./handedList.ts";
export { SealError } from "./seal.ts";
