import type { JsonObject } from "@vitrine/core";
import type { Click, Visit } from "./readVisits.ts";
import { messageIdOf, type Visitor } from "./visitor.ts";

const MINUTE_MS = 60_000;

/**
 * The events a visitor's browser would have sent. A click on a product is a `Product Viewed`; before it stands a
 * `Product List Viewed` whenever the list, or the page of it, is another than that of the click before.
 *
 * The data knows only days. So that times are the same at each replay, a visit starts at 8:00 UTC plus (session
 * modulo 720) minutes, and its clicks follow a minute apart, a list 20 seconds before its click. The longest visit
 * (192 clicks) still ends on its day.
 */
export function visitEvents(fileName: string, visit: Visit, visitor: Visitor): JsonObject[] {
  const start = visit.day + (8 * 60 + (Number(visit.session) % 720)) * MINUTE_MS;
  const events: JsonObject[] = [];
  const push = (kind: "list" | "product", click: Click, time: number) => {
    events.push({
      type: "track",
      event: kind === "list" ? "Product List Viewed" : "Product Viewed",
      messageId: messageIdOf(fileName, click.row, kind),
      anonymousId: visitor.anonymousId,
      timestamp: new Date(time).toISOString(),
      context: { writer: { id: visitor.writerId, seq: events.length + 1 }, channel: "web" },
      properties: kind === "list" ? listProperties(click) : productProperties(click),
    });
  };
  visit.clicks.forEach((click, i) => {
    const time = start + i * MINUTE_MS;
    const before = visit.clicks[i - 1];
    if (click.category !== before?.category || click.page !== before.page)
      push("list", click, time - MINUTE_MS / 3);
    push("product", click, time);
  });
  return events;
}

function listProperties({ category, page }: Click): JsonObject {
  return { list_id: `${category}-${page}`, category, page };
}

function productProperties({ model, category, colour, price, position, page }: Click): JsonObject {
  return {
    product_id: model,
    category,
    variant: colour,
    price,
    currency: "USD",
    position,
    list_id: `${category}-${page}`,
  };
}
