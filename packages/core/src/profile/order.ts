import { smallestHash } from "./bounded.ts";
import { get } from "./keyed.ts";
import { lineKey, type Product } from "./product.ts";
import { compareStamps, setNewer, type Register, type Registers } from "./register.ts";

/** One line of an order. */
export interface OrderLine {
  product: Product;
  quantity: number;
}

/** What an order says of itself. */
export interface OrderContent {
  lines: OrderLine[];
  total?: number | undefined;
  currency?: string | undefined;
  channel?: string | undefined;
  store?: string | undefined;
}

/**
 * What is known of one order id, from however many reports of it.
 * The first report dates the order, so a reloaded thank-you page neither moves it nor clears a newer cart.
 */
export interface OrderFold {
  /** The **smallest** stamp of a completion; its value is the cart it closed, or null. */
  first?: Register<string | null> | undefined;
  content?: Register<OrderContent> | undefined;
  /** By line key (`*` for the whole order): the reason given. */
  returned?: Registers<string> | undefined;
  cancelled?: Register<true> | undefined;
}

/** Returned lines kept of one order. */
const guardReturns = smallestHash(100);

/** Merges two reports of the same order; commutative and associative, the arguments stay as they are. */
export function mergeOrder(a: OrderFold | undefined, b: OrderFold): OrderFold {
  if (!a) return b;
  const returned = (a.returned ?? b.returned) && { ...a.returned };
  for (const [key, register] of Object.entries(b.returned ?? {})) setNewer(returned!, key, register);
  if (returned) guardReturns(returned);
  return {
    first: pick(a.first, b.first, -1),
    content: pick(a.content, b.content, 1),
    returned,
    cancelled: pick(a.cancelled, b.cancelled, 1),
  };
}

/** What was bought and neither cancelled nor sent back. */
export function keptLines({ first, content, cancelled, returned }: OrderFold): OrderLine[] {
  if (!first || !content || cancelled || get(returned, "*")) return [];
  return content.v.lines.filter((line) => !get(returned, lineKey(line.product)));
}

/** The newer of two registers for `sign` 1, the older for −1. */
function pick<T>(
  a: Register<T> | undefined,
  b: Register<T> | undefined,
  sign: 1 | -1,
): Register<T> | undefined {
  return a && b ? (compareStamps(a, b) * sign > 0 ? a : b) : (a ?? b);
}
