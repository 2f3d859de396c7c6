import type { HandedArticle } from "../looks/lookDetails.ts";

/** A garment of a list, with what it takes to find it again. */
export interface ListedArticle extends HandedArticle {
  price?: number;
  /** ISO 4217. */
  currency?: string;
  /** Its page in the shop. */
  url?: string;
  /** A small JPEG, base64url: the phone's page loads nothing from anywhere else. */
  picture?: string;
}

/** What somebody tried on, newest first, as a phone takes it home. */
export interface HandedList {
  /** Name of the store. */
  store: string;
  articles: ListedArticle[];
}

/** Behind the key in a link's fragment: it opens a list, and no looks. */
export const LIST_MARK = ".list";
