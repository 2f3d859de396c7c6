import { resultingQuantity, type Fold, type VitrineEvent } from "@vitrine/core";

/**
 * Gives a foreign client's cart event its resulting quantity, in place. Marked approximate, for the cart we know
 * may lag behind the page's.
 */
export function stampCart(event: VitrineEvent, fold: Fold): void {
  const quantity =
    event.type === "track" ? resultingQuantity(event.event, event.properties, fold) : undefined;
  if (quantity === undefined) return;
  event.properties = { ...event.properties, cart_quantity: quantity, approximate: true };
}
