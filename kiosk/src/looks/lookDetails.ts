import type { Turn } from "@vitrine/vision";
import type { Article } from "./look.ts";

/** What a phone is told of a garment. */
export type HandedArticle = Pick<Article, "sku" | "name" | "brand" | "size">;

/** What a phone is told of a look that it takes home, as far as the mirror knows it. */
export interface LookDetails {
  article?: HandedArticle;
  /** The recorded turn, its times from the beginning of the film: for showing two looks in step. */
  turn?: Turn;
}

/** What is told of a garment, and nothing else that the mirror has of it. */
export const handedArticle = ({ sku, name, brand, size }: Article): HandedArticle => ({
  sku,
  name,
  ...(brand !== undefined && { brand }),
  ...(size !== undefined && { size }),
});
