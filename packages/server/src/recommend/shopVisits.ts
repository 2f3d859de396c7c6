import { setImmediate } from "node:timers/promises";
import { granted, productOf, type Product, type TimedEvent } from "@vitrine/core";
import type { ListedArticle } from "../catalogue/catalogue.ts";
import { catalogueOf } from "../catalogue/catalogueOf.ts";
import { identitiesSince, journeyOf } from "../rehearsal/journeys.ts";
import type { Services } from "../services.ts";
import type { PastVisit } from "./nearestVisits.ts";

/** A month of visits: what is clicked next changes with the season. */
const DAYS = 30;

/** Devices gone through at most, and the time for it, ms. */
const MAX_DEVICES = 20_000;
const MAX_MS = 30_000;

/** A visit ends after this much idleness, as a session does. */
const IDLE_MS = 30 * 60_000;

/** What visitors looked at lately, as far as the shop itself knows of it. */
export interface ShopVisits {
  visits: PastVisit[];
  /** By id as pages tell it: what the catalogue says of the article. */
  cards: ReadonlyMap<string, Product>;
  /** Views of articles that the catalogue does not know; they are left out. */
  unknown: number;
}

/**
 * Reads the visits of the last month of those who allowed analytics. The key by which pages tell of views is public, so
 * anybody can tell of one: what shoppers are shown of an article is the catalogue's word alone, and what the catalogue does
 * not know counts for nothing. A shop without one recommends nothing and is told why; the other choice would be hurt by one
 * POST of a stranger, whose name, price and link would be signed and shown to every shopper.
 */
export async function readVisits(services: Services, siteId: string): Promise<ShopVisits> {
  const from = services.clock() - DAYS * 86_400_000;
  const started = performance.now();
  const catalogue = catalogueOf(services);
  const visits: PastVisit[] = [];
  const cards = new Map<string, Product>();
  let unknown = 0;
  const isKnown = (id: string): boolean => {
    if (cards.has(id)) return true;
    const article = catalogue.find(siteId, "", id)?.article;
    if (!article) {
      unknown++;
      return false;
    }
    cards.set(id, cardOf(id, article));
    return true;
  };
  for (const identity of identitiesSince(services, siteId, from, MAX_DEVICES)) {
    if (performance.now() - started > MAX_MS) break;
    const views = journeyOf(services, siteId, [identity]).filter((event) => isView(event, from));
    visits.push(...visitsOf(views, isKnown));
    await setImmediate();
  }
  return { visits, cards, unknown };
}

const isView = (event: TimedEvent, from: number): boolean =>
  event.event === "Product Viewed" && event.time >= from && granted(event, "analytics");

function visitsOf(views: readonly TimedEvent[], isKnown: (id: string) => boolean): PastVisit[] {
  const visits: { at: number; items: string[] }[] = [];
  for (const { time, properties } of views) {
    const id = productOf(properties)?.id;
    if (id === undefined || !isKnown(id)) continue;
    if (time - (visits.at(-1)?.at ?? -Infinity) > IDLE_MS) visits.push({ at: time, items: [] });
    const visit = visits.at(-1)!;
    visit.items.push(id);
    visit.at = time;
  }
  return visits;
}

/** What a card needs. */
const cardOf = (
  id: string,
  { name, image_url, url, price, currency }: ListedArticle["article"],
): Product => ({
  id,
  name,
  ...(image_url && { image: image_url }),
  ...(url && { url }),
  ...(price !== null && { price }),
  ...(currency && { currency }),
});
