import type { JsonObject } from "@vitrine/core";
import type { SlimEvent } from "../api/types.ts";
import { strings } from "../strings.ts";
import { formatMoney } from "../ui/format.ts";
import type { IconName } from "../ui/Icon.tsx";

/** An event as a person reads it. */
export interface EventWords {
  icon: IconName;
  /** What colour the icon has: looking, wanting, paying, being somebody, or something to look into. */
  tone: "plain" | "intent" | "money" | "person" | "odd";
  /** What was done: `Put into the cart`. */
  phrase: string;
  /** To what: a product, a category, a page. */
  subject?: string;
  /** More, such as size and price. */
  detail?: string;
}

type Look = readonly [IconName, EventWords["tone"]];

const LOOKS: Record<string, Look> = {
  "Product Viewed": ["eye", "plain"],
  "Product Clicked": ["eye", "plain"],
  "Product List Viewed": ["grid", "plain"],
  "Product List Filtered": ["filter", "plain"],
  "Products Searched": ["search", "plain"],
  "Product Added": ["bag", "intent"],
  "Product Removed": ["bagMinus", "plain"],
  "Cart Viewed": ["bag", "plain"],
  "Cart Cleared": ["bagMinus", "plain"],
  "Checkout Started": ["card", "intent"],
  "Checkout Step Viewed": ["card", "plain"],
  "Checkout Step Completed": ["card", "plain"],
  "Payment Info Entered": ["card", "intent"],
  "Order Completed": ["check", "money"],
  "Order Updated": ["card", "money"],
  "Order Refunded": ["undo", "odd"],
  "Order Cancelled": ["cross", "odd"],
  "Product Added to Wishlist": ["heart", "intent"],
  "Product Removed from Wishlist": ["heart", "plain"],
  "Product Tried On": ["ruler", "intent"],
  "Store Selected": ["shop", "plain"],
  "Survey Answered": ["star", "plain"],
  "Consent Updated": ["shield", "person"],
  "Content Shown": ["spark", "plain"],
  "Experiment Viewed": ["spark", "plain"],
  "Events Dropped": ["warning", "odd"],
};

const TYPE_LOOKS: Record<string, Look> = {
  page: ["page", "plain"],
  screen: ["page", "plain"],
  identify: ["person", "person"],
  alias: ["link", "person"],
  group: ["customers", "person"],
};

/** Puts an event into words. What it does not know it calls by the event's own name. */
export function describeEvent(event: SlimEvent): EventWords {
  const name = event.type === "track" ? (event.event ?? "") : "";
  const [icon, tone] = own(LOOKS, name) ?? own(TYPE_LOOKS, event.type) ?? (["dot", "plain"] as const);
  const phrase = (name ? (own(strings.phrases, name) ?? name) : own(strings.types, event.type)) ?? event.type;
  const subject = subjectOf(event);
  const detail = detailOf(event.properties);
  return { icon, tone, phrase, ...(subject ? { subject } : {}), ...(detail ? { detail } : {}) };
}

function subjectOf({ type, event, userId, properties, context }: SlimEvent): string | undefined {
  if (type === "identify" || type === "alias") return userId;
  if (event === "Consent Updated") return consentWords(properties.purposes);
  const page = isObject(context.page) ? context.page : {};
  if (type === "page" || type === "screen") {
    return text(properties.title) ?? text(page.title) ?? event ?? text(properties.path) ?? text(page.path);
  }
  const named =
    text(properties.name) ??
    text(properties.query) ??
    text(properties.category) ??
    text(properties.item_list_name) ??
    text(properties.rule);
  return named ?? text(properties.order_id) ?? text(properties.product_id) ?? productsOf(properties);
}

function detailOf(properties: JsonObject): string | undefined {
  const quantity = number(properties.quantity);
  const amount = number(properties.total) ?? number(properties.value) ?? number(properties.price);
  const parts = [
    text(properties.variant),
    text(properties.size),
    quantity !== undefined && quantity !== 1 ? `× ${quantity}` : undefined,
    amount === undefined ? undefined : formatMoney(amount, text(properties.currency)),
  ];
  return parts.filter(Boolean).join(" · ") || undefined;
}

function productsOf({ products }: JsonObject): string | undefined {
  const first = Array.isArray(products) ? products[0] : undefined;
  if (!Array.isArray(products) || !isObject(first)) return undefined;
  const name = text(first.name) ?? text(first.product_id);
  return products.length > 1 ? `${name} + ${products.length - 1}` : name;
}

/** `granted: analytics, marketing; denied: camera`; what is still pending was not said. */
function consentWords(purposes: unknown): string | undefined {
  if (!isObject(purposes)) return undefined;
  const said = (["granted", "denied"] as const).flatMap((word) => {
    const names = Object.keys(purposes).filter((purpose) => purposes[purpose] === word);
    return names.length > 0 ? `${strings.consentWords[word]}: ${names.join(", ")}` : [];
  });
  return said.join("; ") || undefined;
}

/** What the filter of the live list looks at. */
export function searchTextOf(event: SlimEvent, id: string): string {
  const { phrase, subject, detail } = describeEvent(event);
  const channel = text(event.context.channel) ?? "web";
  return [phrase, event.event, event.type, subject, detail, channel, id]
    .filter(Boolean)
    .join(" ")
    .toLowerCase();
}

const own = <T>(record: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;

const number = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
