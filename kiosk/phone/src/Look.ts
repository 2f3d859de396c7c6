import type { LookDetails } from "@vitrine/kiosk/looks";
import type { HandedLook } from "./openSealed.ts";

/** A look on this phone: sealed as it came, opened only while it is looked at. */
export interface Look extends HandedLook<LookDetails> {
  /** Place among the looks, from 0. */
  index: number;
  part: Blob;
}
