import { numberOf } from "../event/event.ts";
import type { JsonObject } from "../json.ts";
import { boundedText } from "./boundedText.ts";
import { DEFAULT_CART } from "./facets.ts";
import type { Fold } from "./foldState.ts";
import { lineKey, productOf } from "./product.ts";
import { cartLines } from "./profileView.ts";

/**
 * Turns the difference that an event says (one added, two removed) into the quantity the cart's line has then,
 * because a fold keeps quantities: differences would depend on order.
 * @param fold what came before the event
 * @returns undefined when the event is about no cart line, or says its `cart_quantity` itself
 */
export function resultingQuantity(
  event: string | undefined,
  properties: JsonObject,
  fold: Fold,
): number | undefined {
  const isAdded = event === "Product Added";
  const product = isAdded || event === "Product Removed" ? productOf(properties) : undefined;
  if (!product || numberOf(properties.cart_quantity) !== undefined) return undefined;
  const cart = boundedText(properties.cart_id) ?? DEFAULT_CART;
  const key = lineKey(product);
  const before =
    cartLines(fold).find(({ v }) => v.cart === cart && lineKey(v.product) === key)?.v.quantity ?? 0;
  const change = numberOf(properties.quantity);
  return isAdded ? before + (change ?? 1) : Math.max(0, before - (change ?? before));
}
