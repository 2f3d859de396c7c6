import type { Turn } from "@vitrine/vision";
import type { Clip } from "../clips/recordClip.ts";

/** A garment that a look was tagged with, as the shop's catalogue has it. */
export interface Article {
  sku: string;
  /** The one that hung on the rail: the size that its label says, and that size's own number. */
  size?: string;
  sizeSku?: string;
  gtin?: string;
  name: string;
  brand?: string;
  image_url?: string;
  /** Its page in the shop. */
  url?: string;
  /** The same picture on this machine: there without a network too, and nowhere else. */
  picture?: string;
  price?: number;
  currency?: string;
  /** Garment group, size system and department, within which sizes may be compared. */
  size_group?: string;
  size_system?: string;
  department?: string;
}

/** One recorded turn. The clip is sealed; the turn is angles alone. */
export interface Look {
  id: string;
  clip: Clip;
  turn: Turn;
  /** How long it was recorded, in ms; the session fills it in. */
  lengthMs?: number;
  /** A picture of its first moment: pixels, since an encoded image is parked on the disk by a browser that shows it. */
  poster?: ImageBitmap;
  article?: Article;
}
