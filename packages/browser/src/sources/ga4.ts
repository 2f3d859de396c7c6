import { get, isObject, textOf, type Json, type JsonObject } from "@vitrine/core";
import type { SourceEvent } from "./sourceEvent.ts";

/** What GA4 called an event, and what else is needed to rebuild it. */
export interface Ga4Origin extends JsonObject {
  event: string;
  /** Properties that stood beside the item, not in it. */
  keys?: string[];
  /** 1: the list's category was derived. */
  added?: 1;
  /** The parameters as they were, where Segment's names left no room for all of them. */
  params?: JsonObject;
  /** The parts of one event with several items: shared id, place, and how many. */
  id?: string;
  index?: number;
  of?: number;
}

type Names = Record<string, string>;

/** Segment's names of GA4's parameters and item parameters. */
const NAMES: Names = {
  item_id: "product_id",
  item_name: "name",
  item_brand: "brand",
  item_variant: "variant",
  item_list_id: "list_id",
  index: "position",
  transaction_id: "order_id",
  search_term: "query",
  shipping_tier: "shipping_method",
  payment_type: "payment_method",
};

const PROMOTION: Names = { promotion_name: "name", creative_name: "creative", creative_slot: "position" };

/** GA4's name: Segment's name, and 1 where that is about a single product or else the names of its parameters. */
const EVENTS: Record<string, [name: string, more?: 1 | Names]> = {
  view_item_list: ["Product List Viewed"],
  select_item: ["Product Clicked", 1],
  view_item: ["Product Viewed", 1],
  add_to_wishlist: ["Product Added to Wishlist", 1],
  add_to_cart: ["Product Added", 1],
  remove_from_cart: ["Product Removed", 1],
  view_cart: ["Cart Viewed"],
  begin_checkout: ["Checkout Started"],
  add_shipping_info: ["Checkout Step Completed"],
  add_payment_info: ["Payment Info Entered"],
  purchase: ["Order Completed", { ...NAMES, value: "revenue" }],
  refund: ["Order Refunded", { ...NAMES, value: "total" }],
  view_promotion: ["Promotion Viewed", PROMOTION],
  select_promotion: ["Promotion Clicked", PROMOTION],
  search: ["Products Searched"],
  view_search_results: ["Products Searched"],
};

/**
 * Translates a GA4 e-commerce event into Segment's vocabulary, without loss.
 * An event with several items whose Segment event knows one product becomes one event for each, linked by `newId()`;
 * only the first carries the amount.
 * @returns nothing for events that are not e-commerce.
 * @see https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export function translateGa4(event: string, params: JsonObject, newId: () => string): SourceEvent[] {
  const [name, more] = get(EVENTS, event) ?? [];
  if (!name) return [];
  const { items, ...rest } = params;
  const rows = Array.isArray(items) && items.every(isObject) ? items : [];
  const ga4: Ga4Origin = { event };
  let isOdd = false;

  /** Renames what has a Segment name, which wins over a parameter that was called so already. */
  const rename = (from: JsonObject, names: Names): JsonObject => {
    const targets = Object.values(names);
    const renamed: [string, Json | undefined][] = [];
    const kept = Object.entries(from).filter(([key, value]) => {
      const to = get(names, key);
      if (to) renamed.push([to, value]);
      isOdd ||= targets.includes(key);
      return !to;
    });
    return Object.fromEntries([...kept, ...renamed]);
  };
  const products = rows.map((row) => rename(row, { ...NAMES, [categoryKey(row)]: "category" }));
  const beside = rename(rest, more && more !== 1 ? more : NAMES);
  const keys = Object.keys(beside);
  const wrap = (properties: JsonObject, part: Partial<Ga4Origin>): SourceEvent => {
    const context = { source: "dataLayer" as const, ga4: { ...ga4, ...part } };
    return { type: "track", name, properties, context };
  };

  const isSingle = more === 1 && rows[0];
  isOdd ||= isSingle
    ? products.some((product) => keys.some((key) => Object.hasOwn(product, key)))
    : "products" in rest;
  if (isOdd) ga4.params = params;
  if (isSingle) {
    const linked = rows[1] && { id: newId(), of: rows.length };
    return products.map((product, index) => {
      const part = { keys, ...(linked && { ...linked, index }) };
      if (!index) return wrap({ ...beside, ...product }, part);
      delete ga4.params;
      delete beside["value"];
      return wrap({ ...beside, ...product }, part);
    });
  }
  if (items !== undefined) beside["products"] = rows[0] ? products : items;
  const category = rows[0] && categoryOf(rest, rows);
  if (!category || keys.includes("category")) return [wrap(beside, {})];
  return [wrap({ ...beside, category }, { added: 1 })];
}

/** The most specific of `item_category` to `item_category5`, as far as their run is unbroken. */
function categoryKey(item: JsonObject): string {
  let key = "item_category";
  for (let level = 2; key in item && `item_category${level}` in item; level++) key = `item_category${level}`;
  return key;
}

/**
 * The category of a list that is called like the category all its items have; so "related products" and
 * "bestsellers" are not taken for what the shopper looks for.
 */
function categoryOf(params: JsonObject, rows: JsonObject[]): string | undefined {
  const [category, ...others] = rows.map((row) => row[categoryKey(row)]);
  const names = [params["item_list_id"], params["item_list_name"]].map((name) => textOf(name)?.toLowerCase());
  return typeof category === "string" &&
    names.includes(category.toLowerCase()) &&
    others.every((other) => other === category)
    ? category
    : undefined;
}
