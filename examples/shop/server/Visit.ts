import type { Cart } from "./cart.ts";
import type { Flash } from "./flash.ts";
import type { User } from "./signIn.ts";

/** One request, understood: where to, and what the shop's cookies say. */
export interface Visit {
  /** Absolute address of the request, on the shop's own origin. */
  url: URL;
  cart: Cart;
  /** Model codes on the wish list, newest first. */
  saved: readonly string[];
  user?: User;
  /** What the page before this one did; shown and reported once. */
  flash?: Flash;
}
