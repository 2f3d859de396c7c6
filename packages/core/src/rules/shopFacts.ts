import type { Product } from "../profile/product.ts";
import type { SequentialRules } from "../recommend/sequentialRules.ts";

/** What a store has of one article, as it last said. */
export interface StockFact {
  /** As it was asked for: id or SKU of the article. */
  sku: string;
  store: string;
  /** When the store counted, ms since 1970; the oldest of its sizes. */
  at: number;
  /** Sizes of which there is at least one, smallest first as the catalogue has them. */
  sizes: { size: string; quantity: number }[];
}

/** What is clicked next in this shop, and what is needed to show it. */
export interface NextClicks extends SequentialRules {
  /** By article, as `items` names them. */
  products: Record<string, Product>;
  /**
   * What foretold this shop's clicks better: these rules, or the nearest visits, which the server answers page by page. Absent on tables
   * that were built before anything was compared.
   */
  by?: "rules" | "visits";
  /** Of such an answer: the clicks it is for, the newest last. */
  after?: string[];
}

/** What a page read of the shop itself, for the actions that show it. Nothing of a person is in it. */
export interface ShopFacts {
  stock?: StockFact[];
  next?: NextClicks;
}
