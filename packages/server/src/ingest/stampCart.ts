import {
  cartLines,
  DEFAULT_CART,
  lineKey,
  numberOf,
  productOf,
  textOf,
  type Fold,
  type VitrineEvent,
} from "@vitrine/core";

/**
 * Turns a foreign client's difference (one added, two removed) into the resulting quantity, in place, because
 * a fold keeps quantities: differences would depend on order. Marked approximate, for the cart we know may lag.
 */
export function stampCart(event: VitrineEvent, fold: Fold): void {
  const isAdded = event.type === "track" && event.event === "Product Added";
  const isRemoved = event.type === "track" && event.event === "Product Removed";
  const { properties } = event;
  if ((!isAdded && !isRemoved) || numberOf(properties.cart_quantity) !== undefined) return;
  const product = productOf(properties);
  if (!product) return;
  const cart = textOf(properties.cart_id) ?? DEFAULT_CART;
  const line = cartLines(fold).find(({ v }) => v.cart === cart && lineKey(v.product) === lineKey(product));
  const current = line?.v.quantity ?? 0;
  const quantity = numberOf(properties.quantity);
  const removed = quantity === undefined ? 0 : Math.max(0, current - quantity);
  event.properties = {
    ...properties,
    cart_quantity: isAdded ? current + (quantity ?? 1) : removed,
    approximate: true,
  };
}
