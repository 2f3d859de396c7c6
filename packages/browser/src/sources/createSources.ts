import { onActivation } from "../onActivation.ts";
import { textOf, toJson, type JsonObject } from "@vitrine/core";
import { watchDataLayer } from "./dataLayer.ts";
import type { readJsonLd } from "./jsonLd.ts";
import { watchPageViews, withoutHash, type ViewStart } from "./pageViews.ts";
import type { Capture, ProductFacts, SourceEvent } from "./sourceEvent.ts";

/** What the sources of a page need. */
export interface SourcesOptions {
  window: Window & typeof globalThis;
  /** Called for each event found, never for explicit calls. */
  capture: Capture;
  /** A new id, for the parts of one GA4 event. */
  newId: () => string;
  /** Called when the page's article became known, changed or went away. */
  onProduct?: (facts: ProductFacts | undefined) => void;
  /** Name of the data layer array, `dataLayer` by default; false leaves it alone. */
  dataLayer?: string | false;
  /** False: no automatic page views. */
  pageViews?: boolean;
  /** True: a change of the hash alone is a page view. */
  hash?: boolean;
  /** True: `replaceState` to another address is a page view. */
  replace?: boolean;
  /** True while the reader of JSON-LD is on its way: what it may complete waits for it. */
  isReaderDue?: () => boolean;
  /** How long a single-page app may take to describe the article of its next view, in ms; 1000 by default. */
  settleMs?: number;
}

/** The running sources of a page. */
export interface Sources {
  /** Tells of an explicit call: what the page says itself is not found again. */
  note(type: "track" | "page", name: string | undefined, properties: JsonObject): void;
  /** The page's article, as far as it is known now. */
  product(): ProductFacts | undefined;
  /** The reader of JSON-LD came, or is no longer due. */
  resume(reader: typeof readJsonLd | undefined): void;
}

const VIEWED = "Product Viewed";

/** Facts that complete what the data layer says; none that tells lines of a cart apart. */
const COMPLETING = ["name", "brand", "category", "image_url", "url", "size_system", "department"];

/**
 * Starts data layer, JSON-LD discovery and page views; a prerendered page waits for its activation.
 * Explicit calls come first, then the data layer, then JSON-LD: an article is reported from JSON-LD only when nobody
 * else reported it on that page view. What the data layer says of an article is completed from JSON-LD; so a product
 * view waits until the page is parsed.
 */
export function createSources(options: SourcesOptions): Sources {
  const { window, capture, onProduct, newId, dataLayer, pageViews, isReaderDue, settleMs } = options;
  const { document, location } = window;
  let attach: (() => void) | undefined;
  let skipView: (() => void) | undefined;
  let read: typeof readJsonLd | undefined;
  /** JSON-LD of the view before, which an app may leave lying about. */
  let stale: string | undefined;
  let found: ProductFacts[] = [];
  /** The page's article, and its text to see changes by. */
  let current: ProductFacts | undefined;
  let told: string | undefined;
  /** Articles reported on this page view by a call or the data layer; events among them that wait for JSON-LD. */
  let reported: JsonObject[] = [];
  let waiting: SourceEvent[] = [];
  let url = "";
  let isSettled = true;
  /** The page had its time to describe the article of this view. */
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const blocks = (): string[] =>
    Array.from(document.querySelectorAll("[type='application/ld+json']"), (one) => one.textContent);
  const isHere = (facts: ProductFacts): boolean => pathOf(facts.properties["url"]) === pathOf(url);
  /** The one article the page is about: the only one described, or the one that has this address. */
  const main = (): ProductFacts | undefined => {
    const [only, other] = found[1] ? found.filter(isHere) : found;
    return other ? undefined : only;
  };
  const look = (): void => {
    attach?.();
    const texts = blocks();
    found = (read?.(texts, document.baseURI) ?? []).filter(
      (facts) => texts.join() !== stale || isHere(facts),
    );
    const last = reported.at(-1) ?? {};
    const facts = main() ??
      found.find((one) => isSame(one, last)) ?? { ids: [], sizes: {}, properties: last };
    const said = reported.filter((one) => isSame(facts, one)).at(-1);
    const article = { ...facts, properties: { ...facts.properties, ...said } };
    const text = toJson(article);
    if (text === told) return;
    told = text;
    const before = current;
    current = article.properties["product_id"] ? article : undefined;
    if (before || current) onProduct?.(current);
  };
  const complete = (event: SourceEvent): void => {
    const { properties } = event;
    const facts = found.find((one) => isSame(one, properties))?.properties ?? {};
    const added = COMPLETING.filter((name) => facts[name] && !(name in properties));
    for (const name of added) properties[name] = facts[name];
    if (added[0]) event.context.enriched = { jsonld: added };
    capture(event);
  };
  const parsed = (isLast?: boolean): void => {
    look();
    if (isLast || !isReaderDue?.()) waiting.splice(0).forEach(complete);
  };
  /** The last word on this view. */
  const settle = (): void => {
    if (isSettled) return;
    isSettled = true;
    parsed(true);
    const facts = main();
    if (!facts?.properties["product_id"] || reported.some((one) => isSame(facts, one))) return;
    const properties = { url, ...facts.properties };
    reported.push(properties);
    capture({ type: "track", name: VIEWED, properties, context: { source: "jsonld" } });
  };
  const settleLater = (delayMs = 0): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      isOver = true;
      if (!isReaderDue?.()) settle();
    }, delayMs);
  };
  const note: Sources["note"] = (type, name, properties) => {
    if (type === "page") skipView?.();
    else if (name === VIEWED) reported.push(properties);
  };
  const onEvent = (event: SourceEvent): void => {
    note(event.type, event.name, event.properties);
    // While the reader is due all but money waits, that all keep their order: what is added stands in the cart that is viewed next.
    const isIncomplete = event.name === VIEWED || (isReaderDue?.() && !("order_id" in event.properties));
    if (!isIncomplete) return complete(event);
    waiting.push(event);
    if (document.readyState !== "loading") parsed();
  };
  const onStart = (how: ViewStart): void => {
    settle();
    if (how === "navigate") stale = blocks().join();
    url = withoutHash(location.href);
    reported = [];
    isSettled = isOver = false;
    if (how === "navigate") settleLater(settleMs ?? 1000);
    else if (document.readyState === "complete") settleLater();
  };

  const start = (): void => {
    skipView = watchPageViews({
      ...options,
      onStart,
      onView: (properties) =>
        pageViews !== false && capture({ type: "page", properties, context: { source: "page" } }),
    });
    if (dataLayer !== false)
      attach = watchDataLayer({ window, name: dataLayer || "dataLayer", onEvent, newId });
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => parsed());
    else parsed();
    window.addEventListener("load", () => settleLater());
    window.addEventListener("pagehide", settle);
  };
  onActivation(document, start);
  return {
    note,
    product: () => current,
    resume(reader) {
      read = reader;
      if (isOver) settle();
      else if (document.readyState !== "loading") parsed();
    },
  };
}

const pathOf = (url: unknown): string => String(url).split(/[?#]/)[0]!;

/** True when facts and a product's properties are of one article: a common number, or the same name. */
const isSame = ({ ids, properties: { name } }: ProductFacts, product: JsonObject): boolean =>
  [product["product_id"], product["sku"]].some((id) => ids.includes(textOf(id)!)) ||
  (!!name && name === product["name"]);
