import type { ConsentState } from "../consent/purpose.ts";
import type { Json } from "../json.ts";
import type { DayCounts } from "./dayCounts.ts";
import type { Keyed } from "./keyed.ts";
import type { OrderFold } from "./order.ts";
import type { Product } from "./product.ts";
import type { Registers } from "./register.ts";

/** A category as last seen; `url` is known when its list was visited. */
export interface Category {
  id: string;
  name: string;
  url?: string | undefined;
}

/** One line of a cart: the **resulting** quantity, never a difference. */
export interface CartLine {
  cart: string;
  product: Product;
  quantity: number;
  /** True when a foreign client's difference had to be turned into a quantity. */
  approximate?: boolean | undefined;
}

/** One line of a list; `present` is false once it was taken off. */
export interface ListLine {
  list: string;
  product: Product;
  present: boolean;
  author?: string | undefined;
  note?: string | undefined;
}

/** A word for a size other than a purchase: tried on and fits, searched or filtered, wished for. */
export interface SizeSignal {
  kind: "fits" | "search" | "wish";
  product: Partial<Product>;
}

/** A filter as chosen in a list of products. */
export interface Filter {
  category: string;
  name: string;
  value: string;
}

/** The facets kept as registers under keys, by name. */
export interface RegisterFacets {
  /** `category`, `product`, `store`, `loyalty`: the last one of each. */
  last: Json | Category | Product;
  consent: ConsentState;
  traits: Json;
  /** Viewed products by id. */
  recent: Product;
  /** Categories whose list was visited, with its address. */
  links: Category;
  searches: string;
  filters: Filter;
  signals: SizeSignal;
  cart: CartLine;
  /** By cart id: older lines are invisible. */
  cartCleared: true;
  lists: ListLine;
  tryOns: { product: Product; fit?: string | undefined };
  /** `null`: she did not want to be asked. */
  surveys: { survey: string; score: number | null };
}

/** A facet of keyed registers. */
export type RegisterFacet = keyof RegisterFacets;

/** A facet of counts by day: product views by category, visits by store, events by name, what rules showed by their ids. */
export type CountFacet = "categories" | "stores" | "counters" | "shown";

/**
 * The fold of a set of events: JSON, bounded, and the same for any order, batching or merge tree.
 * Facets without content are absent. `profileView` turns it into what people and rules read.
 */
export type Fold = {
  /** Newest accepted time in ms; the horizon of day cells is counted from here. 0 when empty. */
  newest: number;
  /** Oldest accepted time in ms; 0 when empty. */
  oldest: number;
  /** By order id, once only. */
  orders?: Keyed<OrderFold>;
} & { [F in RegisterFacet]?: Registers<RegisterFacets[F]> } & { [F in CountFacet]?: DayCounts };

/** The fold of no events. */
export const emptyFold = (): Fold => ({ newest: 0, oldest: 0 });
