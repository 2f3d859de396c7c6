import type { Turn } from "@vitrine/vision";
import type { HandedLook } from "./openSealed.ts";

/** What the mirror knows of a look, as far as it does. */
export interface LookDetails {
  article?: { name: string; brand?: string; size?: string };
  /** The recorded turn, its times from the beginning of the film: for showing two looks in step. */
  turn?: Turn;
}

/** A look on this phone: sealed as it came, opened only while it is looked at. */
export interface Look extends HandedLook<LookDetails> {
  /** Place among the looks, from 0. */
  index: number;
  part: Blob;
}
