import { smallestHash } from "./bounded.ts";
import type { Keyed } from "./keyed.ts";
import type { Product } from "./product.ts";
import { compareStamps, setNewer, type Register, type Registers } from "./register.ts";

/** One line of an order. */
export interface OrderLine {
  product: Product;
  quantity: number;
}

/** What an order says of itself. */
export interface OrderContent {
  lines: OrderLine[];
  total?: number;
  currency?: string;
  channel?: string;
  store?: string;
}

/**
 * What is known of one order id, from however many reports of it.
 * The first report dates the order, so a reloaded thank-you page neither moves it nor clears a newer cart.
 */
export interface OrderFold {
  /** The **smallest** stamp of a completion; its value is the cart it closed, or null. */
  first?: Register<string | null>;
  content?: Register<OrderContent>;
  /** By line key (`*` for the whole order): the reason given. */
  returned?: Registers<string>;
  cancelled?: Register<true>;
}

/** Returned lines kept of one order. */
const guardReturns = smallestHash(100);

/** Merges two reports of the same order; commutative and associative, the arguments stay as they are. */
export function mergeOrder(a: OrderFold | undefined, b: OrderFold): OrderFold {
  if (!a) return b;
  const merged: OrderFold = {};
  const first = pick(a.first, b.first, -1);
  const content = pick(a.content, b.content, 1);
  const cancelled = pick(a.cancelled, b.cancelled, 1);
  if (first) merged.first = first;
  if (content) merged.content = content;
  if (cancelled) merged.cancelled = cancelled;
  if (a.returned ?? b.returned) {
    const returned: Keyed<Register<string>> = { ...a.returned };
    for (const [key, register] of Object.entries(b.returned ?? {})) setNewer(returned, key, register);
    guardReturns(returned);
    merged.returned = returned;
  }
  return merged;
}

/** The newer of two registers for `sign` 1, the older for −1. */
function pick<T>(
  a: Register<T> | undefined,
  b: Register<T> | undefined,
  sign: 1 | -1,
): Register<T> | undefined {
  return a && b ? (compareStamps(a, b) * sign > 0 ? a : b) : (a ?? b);
}
