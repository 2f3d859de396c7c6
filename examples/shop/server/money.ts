import type { Delivery } from "./orders.ts";

export const CURRENCY = "USD";
/** Goods of this value, in US dollars, are delivered free of charge. */
export const FREE_DELIVERY_FROM = 75;

const FORMAT = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: CURRENCY,
  trailingZeroDisplay: "stripIfInteger",
});

export function dollars(amount: number): string {
  return FORMAT.format(amount);
}

/** US dollars for delivering `goods` (US dollars). */
export function shippingFor(goods: number, delivery: Delivery): number {
  if (delivery === "express") return 12;
  return goods >= FREE_DELIVERY_FROM || goods === 0 ? 0 : 6;
}
