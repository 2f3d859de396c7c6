import type { Json, JsonObject } from "../../../packages/core/src/index.ts";
import type { SourceEvent } from "../../../packages/browser/src/sources/sourceEvent.ts";

const ITEM_NAMES: Record<string, string> = {
  product_id: "item_id",
  name: "item_name",
  brand: "item_brand",
  variant: "item_variant",
  list_id: "item_list_id",
  position: "index",
  order_id: "transaction_id",
  query: "search_term",
  shipping_method: "shipping_tier",
  payment_method: "payment_type",
};

const PROMOTION_NAMES = { name: "promotion_name", creative: "creative_name", position: "creative_slot" };

const EVENT_NAMES: Record<string, Record<string, string>> = {
  purchase: { ...ITEM_NAMES, revenue: "value" },
  refund: { ...ITEM_NAMES, total: "value" },
  view_promotion: PROMOTION_NAMES,
  select_promotion: PROMOTION_NAMES,
};

const CATEGORIES = ["item_category", "item_category2", "item_category3", "item_category4", "item_category5"];

/** Rebuilds the GA4 event that was translated into these: the proof that the translation lost nothing. */
export function toGa4(found: SourceEvent[]): { event: string; params: JsonObject } {
  const events = found.map(withoutEnrichment);
  const { properties, context } = events[0]!;
  const { event, params, keys, added } = context.ga4!;
  if (params) return { event, params };
  if (keys) {
    const beside = rename(
      only(properties, (key) => keys.includes(key)),
      ITEM_NAMES,
    );
    const items = events.map((one) => {
      const own = one.context.ga4!.keys!;
      return toItem(only(one.properties, (key) => !own.includes(key)));
    });
    return { event, params: { ...beside, items } };
  }
  const names = { ...(EVENT_NAMES[event] ?? ITEM_NAMES), products: "items" };
  const rebuilt = rename(
    only(properties, (key) => !(added && key === "category")),
    names,
  );
  const { items } = rebuilt;
  const isList =
    Array.isArray(items) && items.every((one) => typeof one === "object" && one && !Array.isArray(one));
  return { event, params: isList ? { ...rebuilt, items: (items as JsonObject[]).map(toItem) } : rebuilt };
}

/** Another source's properties are named in the context. */
function withoutEnrichment(event: SourceEvent): SourceEvent {
  const foreign = event.context.enriched?.jsonld ?? [];
  return { ...event, properties: only(event.properties, (key) => !foreign.includes(key)) };
}

function toItem(product: JsonObject): JsonObject {
  const category = CATEGORIES.find((name) => !Object.hasOwn(product, name)) ?? "";
  return rename(product, { ...ITEM_NAMES, category });
}

function rename(from: JsonObject, names: Record<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(from).map(([key, value]): [string, Json | undefined] => [
      Object.hasOwn(names, key) ? names[key]! : key,
      value,
    ]),
  );
}

function only(from: JsonObject, isWanted: (key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(from).filter(([key]) => isWanted(key)));
}
