/** What the shopper's phone opens, and the mirror seals for it. */
export {
  openLook,
  openManifest,
  sealHandOff,
  type HandedLook,
  type HandOff,
  type LookToHand,
} from "./handOff.ts";
export { SealError } from "./seal.ts";
