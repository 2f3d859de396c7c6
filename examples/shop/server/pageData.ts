import type { Product } from "../catalogue/Product.ts";
import { type Cart, valueOf } from "./cart.ts";
import type { Flash } from "./flash.ts";
import { CURRENCY } from "./money.ts";
import type { Order } from "./orders.ts";

/** One item of a GA4 e-commerce event, with the size parameters that clothing shops add. */
export type Item = Record<string, string | number>;

export interface DataLayerEvent {
  event: string;
  ecommerce?: Record<string, unknown>;
  /** Pushed once however often the page is shown: the flash it came from. */
  once?: string;
  [parameter: string]: unknown;
}

/** What the page's script pushes to `dataLayer`, in order. */
export interface PageData {
  pageType: string;
  events: readonly DataLayerEvent[];
}

export interface List {
  id: string;
  name: string;
}

export function itemOf(product: Product, extra: { size?: string; quantity?: number } = {}): Item {
  const item: Item = {
    item_id: product.model,
    item_name: product.name,
    item_brand: product.brand,
    item_category: product.category,
    item_variant: product.colour,
    price: product.price,
    quantity: extra.quantity ?? 1,
    size_system: product.sizeSystem,
    size_group: product.sizeGroup,
    department: "women",
  };
  if (product.wasPrice) item["discount"] = product.wasPrice - product.price;
  if (extra.size) item["size"] = extra.size;
  return item;
}

export function listEvent(list: List, products: readonly Product[], firstIndex = 0): DataLayerEvent {
  const items = products.map((product, index) => ({
    ...itemOf(product),
    index: firstIndex + index,
    item_list_id: list.id,
    item_list_name: list.name,
  }));
  return { event: "view_item_list", ecommerce: { item_list_id: list.id, item_list_name: list.name, items } };
}

/** `event` about the whole cart: `view_cart`, `begin_checkout`. */
export function cartEvent(event: string, cart: Cart): DataLayerEvent {
  return { event, ecommerce: { currency: CURRENCY, value: valueOf(cart), items: cart.map(lineItem) } };
}

export function purchaseEvent(order: Order): DataLayerEvent {
  return {
    event: "purchase",
    ecommerce: {
      transaction_id: order.id,
      affiliation: "Halden Row",
      currency: CURRENCY,
      value: order.total,
      tax: 0,
      shipping: order.shipping,
      items: order.lines.map(lineItem),
    },
  };
}

const FLASH_EVENTS = { added: "add_to_cart", removed: "remove_from_cart", saved: "add_to_wishlist" } as const;

/** The event of what happened before the redirect to this page; none for what GA4 has no name for. */
export function flashEvents(flash: Flash | undefined): DataLayerEvent[] {
  if (!flash || flash.kind === "unsaved") return [];
  const { product, quantity, size } = flash;
  const item = itemOf(product, size ? { size, quantity } : { quantity });
  const ecommerce = { currency: CURRENCY, value: product.price * quantity, items: [item] };
  return [{ event: FLASH_EVENTS[flash.kind], ecommerce, once: flash.id }];
}

function lineItem({ product, size, quantity }: Cart[number], index: number): Item {
  return { ...itemOf(product, { size, quantity }), index };
}
