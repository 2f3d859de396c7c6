import { get } from "../../profile/keyed.ts";
import { keptLines } from "../../profile/order.ts";
import type { Maker } from "./maker.ts";

/** What she bought and kept, newest first, each article once, in the size that she took last. */
export const makeReorder: Maker<"reorder"> = ({ limit = 4, category, href }, { fold }) => {
  const orders = Object.values(fold.orders ?? {}).sort((a, b) => (b.first?.t ?? 0) - (a.first?.t ?? 0));
  const bought = orders.flatMap((order) =>
    keptLines(order).map(({ product }) => ({
      // A line says little of its article; what is known from looking at it fills in picture and address.
      product: { ...get(fold.recent, product.id)?.v, ...product },
      message: order.first!.i,
    })),
  );
  const known = new Set<string>();
  const lines = bought.filter(
    ({ product }) =>
      (category === undefined || product.category === category) &&
      !known.has(product.id) &&
      known.add(product.id),
  );
  if (!lines[0]) return undefined;
  const shown = lines.slice(0, limit);
  return {
    products: shown.map(({ product }) => product),
    href,
    values: { count: lines.length, product: shown[0]!.product.name ?? shown[0]!.product.id },
    evidence: shown.map(({ message }) => message),
  };
};
