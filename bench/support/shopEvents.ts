import type { JsonObject, TimedEvent } from "@vitrine/core";
import { seededRandom } from "./seededRandom.ts";

/** What a shopper does, as far as an event says it. */
export interface Happening {
  event: string;
  properties: JsonObject;
}

const CATEGORIES = ["trousers", "skirts", "blouses", "sale"];
const SIZES = ["XS", "S", "M", "L", "XL"];
/** Articles of a shop of the size of the example's. */
const ARTICLES = 217;

/** What shoppers do, in about the shares in which a fashion shop sees it; the same in every run. */
export function* happenings(seed: number): Generator<Happening, never> {
  const random = seededRandom(seed);
  const among = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const article = (): JsonObject => {
    const number = Math.floor(random() * ARTICLES);
    const category = CATEGORIES[number % CATEGORIES.length]!;
    return {
      product_id: `A${number}`,
      name: `Article ${number} in printed cotton`,
      category,
      price: 19 + (number % 60),
      currency: "EUR",
      variant: among(["blue", "olive", "black"]),
    };
  };
  const sized = () => ({ ...article(), size: among(SIZES), size_system: "alpha", size_group: "tops" });
  for (let count = 0; ; count++) {
    const dice = random();
    if (dice < 0.66) yield { event: "Product Viewed", properties: article() };
    else if (dice < 0.8) {
      const category = among(CATEGORIES);
      yield {
        event: "Product List Viewed",
        properties: { category, list_id: category, url: `/c/${category}` },
      };
    } else if (dice < 0.86) {
      yield {
        event: "Product List Filtered",
        properties: { category: among(CATEGORIES), filters: [{ type: "size", value: among(SIZES) }] },
      };
    } else if (dice < 0.9)
      yield { event: "Products Searched", properties: { query: `printed ${among(SIZES)} ${count % 40}` } };
    else if (dice < 0.95)
      yield {
        event: "Product Added",
        properties: { ...sized(), quantity: 1, cart_quantity: 1 + Math.floor(random() * 3) },
      };
    else if (dice < 0.98)
      yield { event: "Product Removed", properties: { ...sized(), quantity: 1, cart_quantity: 0 } };
    else {
      const products = Array.from({ length: 3 }, () => ({ ...sized(), quantity: 1 }));
      yield {
        event: "Order Completed",
        properties: { order_id: `O${seed}-${count}`, total: 117, currency: "EUR", products },
      };
    }
  }
}

/** The envelope of an event as the SDK sends it; `at` in ms since 1970. */
export function envelope({ event, properties }: Happening, messageId: string, at: number): JsonObject {
  const path = `/p/${typeof properties.product_id === "string" ? properties.product_id : "list"}`;
  return {
    type: "track",
    event,
    messageId,
    timestamp: new Date(at).toISOString(),
    properties,
    traits: {},
    context: {
      source: "dataLayer",
      page: {
        path,
        url: `https://shop.example${path}`,
        search: "",
        title: "Article in printed cotton",
        referrer: "https://shop.example/",
      },
      clock: { at: 12_345, origin: at - 12_345 },
      consent: ["analytics", "personalization"],
    },
  };
}

/** A shopper's history of `count` events, evenly over the `days` before `now` (ms); ready to be folded. */
export function history(count: number, days: number, now: number, seed: number): TimedEvent[] {
  const source = happenings(seed);
  return Array.from({ length: count }, (_, at) => {
    const time = Math.round(now - ((count - at) / count) * days * 86_400_000);
    const event = envelope(source.next().value, `m-${seed}-${at}`, time);
    return { ...(event as unknown as TimedEvent), timestamp: time, time };
  });
}
