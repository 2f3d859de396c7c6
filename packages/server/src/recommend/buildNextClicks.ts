import { setImmediate } from "node:timers/promises";
import {
  buildSequentialRules,
  granted,
  productOf,
  type NextClicks,
  type Product,
  type TimedEvent,
} from "@vitrine/core";
import { catalogueOf } from "../catalogue/catalogueOf.ts";
import { identitiesSince, journeyOf } from "../rehearsal/journeys.ts";
import type { Services } from "../services.ts";

/** A month of visits: what is clicked next changes with the season. */
const DAYS = 30;

/** Devices gone through at most, and the time for it, ms. */
const MAX_DEVICES = 20_000;
const MAX_MS = 30_000;

/** A visit ends after this much idleness, as a session does. */
const IDLE_MS = 30 * 60_000;

/** Followers kept of each article: more than a page shows, since some cannot be shown. */
const FOLLOWERS = 8;

/** Articles of a table, the most clicked first: a page loads it whole. */
const MAX_ARTICLES = 2_000;

/** Builds what is clicked next from the visits of the last month of those who allowed analytics; undefined without any. */
export async function buildNextClicks(services: Services, siteId: string): Promise<NextClicks | undefined> {
  const from = services.clock() - DAYS * 86_400_000;
  const started = performance.now();
  const visits: string[][] = [];
  const told = new Map<string, Product>();
  for (const identity of identitiesSince(services, siteId, from, MAX_DEVICES)) {
    if (performance.now() - started > MAX_MS) break;
    const views = journeyOf(services, siteId, [identity]).filter((event) => isView(event, from));
    for (const { properties, context } of views) {
      const product = productOf(properties, { url: context.page?.path ?? null });
      if (product) told.set(product.id, product);
    }
    visits.push(...visitsOf(views));
    await setImmediate();
  }
  const kept = mostClicked(visits);
  const rules = buildSequentialRules(
    visits.map((visit) => visit.filter((id) => kept.has(id))),
    { followers: FOLLOWERS },
  );
  if (rules.items.length === 0) return undefined;
  const products = rules.items.flatMap((id) => cardOf(services, siteId, id, told.get(id)) ?? []);
  return { ...rules, products: Object.fromEntries(products.map((product) => [product.id, product])) };
}

const isView = (event: TimedEvent, from: number): boolean =>
  event.event === "Product Viewed" && event.time >= from && granted(event, "analytics");

function visitsOf(views: readonly TimedEvent[]): string[][] {
  const visits: string[][] = [];
  let last = -Infinity;
  for (const { time, properties } of views) {
    const id = productOf(properties)?.id;
    if (id === undefined) continue;
    if (time - last > IDLE_MS) visits.push([]);
    visits.at(-1)!.push(id);
    last = time;
  }
  return visits;
}

function mostClicked(visits: readonly string[][]): Set<string> {
  const clicks = new Map<string, number>();
  for (const id of visits.flat()) clicks.set(id, (clicks.get(id) ?? 0) + 1);
  const byClicks = [...clicks].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Set(byClicks.slice(0, MAX_ARTICLES).map(([id]) => id));
}

/** Anybody can tell a collector of a view: it leads shoppers nowhere but to the shop's own pages and pictures. */
const pathOf = (address: string | undefined): string | undefined =>
  address !== undefined && /^\/(?![/\\])/.test(address) ? address : undefined;

/** What a card needs; the catalogue knows better than what pages told. */
function cardOf(services: Services, siteId: string, id: string, told?: Product): Product | undefined {
  const article = catalogueOf(services).find(siteId, "", id)?.article;
  const from = article ?? (told && { ...told, image_url: pathOf(told.image), url: pathOf(told.url) });
  if (!from?.name) return undefined;
  const { name, price, currency, image_url: image, url } = from;
  return {
    id,
    name,
    ...(image && { image }),
    ...(url && { url }),
    ...(typeof price === "number" && { price }),
    ...(currency && { currency }),
  };
}
