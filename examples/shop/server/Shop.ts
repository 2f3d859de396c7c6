import type { Category, Product } from "../catalogue/Product.ts";
import type { OrderBook } from "./orders.ts";
import type { SignIn } from "./signIn.ts";
import type { ShopOptions } from "./ShopOptions.ts";

/** Everything a page needs to know of the shop as such. */
export interface Shop {
  options: ShopOptions;
  /** Most clicked first. */
  products: readonly Product[];
  product: (model: string) => Product | undefined;
  inCategory: (category: Category) => readonly Product[];
  stock: (model: string, size: string) => number;
  orders: OrderBook;
  signIn: SignIn;
  now: () => number;
  newOrderId: () => string;
}
