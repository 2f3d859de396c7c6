import { textOf, type JsonObject } from "@vitrine/core";
import { watchDataLayer, type DataLayer } from "./dataLayer.ts";
import { readJsonLd } from "./jsonLd.ts";
import { watchPageViews, type PageViews, type ViewStart } from "./pageViews.ts";
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
  /** How long a single-page app may take to describe the article of its next view, in ms; 1000 by default. */
  settleMs?: number;
}

/** The running sources of a page. */
export interface Sources {
  /** Tells of an explicit call: what the page says itself is not found again. */
  note(type: "track" | "page", name: string | undefined, properties: JsonObject): void;
  /** The page's article, as far as it is known now. */
  product(): ProductFacts | undefined;
  stop(): void;
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
  const { window, capture, onProduct, newId } = options;
  const { document, location } = window;
  const stopping = new AbortController();
  const { signal } = stopping;
  let layer: DataLayer | undefined;
  let views: PageViews | undefined;
  /** JSON-LD of the view before, which an app may leave lying about. */
  let stale: string | undefined;
  let found: ProductFacts[] = [];
  /** The page's article, and its text to see changes by. */
  let current: ProductFacts | undefined;
  let told = "";
  /** Articles reported on this page view by a call or the data layer. */
  let reported: JsonObject[] = [];
  let waiting: SourceEvent[] = [];
  let url = "";
  let isSettled = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isHere = ({ properties }: ProductFacts): boolean => pathOf(properties["url"]) === pathOf(url);
  /** The one article the page is about: the only one described, or the one that has this address. */
  const main = (): ProductFacts | undefined => {
    const [only, other] = found[1] ? found.filter(isHere) : found;
    return other ? undefined : only;
  };
  const look = (): void => {
    layer?.attach();
    const blocks = [...document.querySelectorAll("script[type='application/ld+json']")].map(
      (one) => one.textContent!,
    );
    found = readJsonLd(blocks, document.baseURI).filter((facts) => blocks.join() !== stale || isHere(facts));
    const last = main() ?? { ids: [], sizes: {}, properties: reported.at(-1) ?? {} };
    const facts = found.find((one) => isSame(one, last.properties)) ?? last;
    const properties = { ...facts.properties, ...reported.filter((one) => isSame(last, one)).at(-1) };
    const text = JSON.stringify([properties, facts.sizes]);
    if (text === told) return;
    told = text;
    current = "product_id" in properties ? { ...facts, properties } : undefined;
    onProduct?.(current);
  };
  const complete = (event: SourceEvent): void => {
    const facts = found.find((one) => isSame(one, event.properties));
    const added = COMPLETING.filter((name) => facts?.properties[name] && !(name in event.properties));
    for (const name of added) event.properties[name] = facts!.properties[name];
    if (added[0]) event.context.enriched = { jsonld: added };
    capture(event);
  };
  const parsed = (): void => {
    look();
    waiting.splice(0).forEach(complete);
  };
  /** The last word on this view. */
  const settle = (): void => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    parsed();
    const facts = main();
    if (!facts || reported.some((one) => isSame(facts, one))) return;
    const properties = { url, ...facts.properties };
    note("track", VIEWED, properties);
    capture({ type: "track", name: VIEWED, properties, context: { source: "jsonld" } });
  };
  const settleLater = (delayMs: number): void => {
    timer = setTimeout(settle, delayMs);
  };
  const note: Sources["note"] = (type, name, properties) => {
    if (type === "page") views?.skip();
    else if (name === VIEWED) reported.push(properties);
  };
  const onEvent = (event: SourceEvent): void => {
    note(event.type, event.name, event.properties);
    if (event.name === VIEWED) {
      waiting.push(event);
      if (document.readyState !== "loading") parsed();
    } else complete(event);
  };
  const onStart = (how: ViewStart): void => {
    settle();
    if (how === "navigate")
      stale = [...document.querySelectorAll("script[type='application/ld+json']")]
        .map((one) => one.textContent!)
        .join();
    url = location.href.split("#")[0]!;
    reported = [];
    isSettled = false;
    if (how === "navigate") settleLater(options.settleMs ?? 1000);
    else if (document.readyState === "complete") settleLater(0);
  };

  const start = (): void => {
    if (signal.aborted) return;
    views = watchPageViews({
      ...options,
      onStart,
      onView: (properties) =>
        options.pageViews !== false && capture({ type: "page", properties, context: { source: "page" } }),
    });
    if (options.dataLayer !== false) {
      layer = watchDataLayer({ window, name: options.dataLayer ?? "dataLayer", onEvent, newId });
    }
    if (document.readyState !== "loading") parsed();
    document.addEventListener("DOMContentLoaded", parsed, { signal });
    window.addEventListener("load", () => settleLater(0), { signal });
    window.addEventListener("pagehide", settle, { signal });
  };
  if ("prerendering" in document && document.prerendering) {
    document.addEventListener("prerenderingchange", start, { once: true, signal });
  } else start();
  return {
    note,
    product: () => current,
    stop() {
      stopping.abort();
      clearTimeout(timer);
      views?.stop();
      layer?.stop();
    },
  };
}

const pathOf = (url: unknown): string => String(url).split(/[?#]/)[0]!;

/** True when facts and a product's properties are of one article: a common number, or the same name. */
function isSame({ ids, properties }: ProductFacts, product: JsonObject): boolean {
  return (
    [product["product_id"], product["sku"]].some((id) => id !== undefined && ids.includes(textOf(id)!)) ||
    (product["name"] !== undefined && product["name"] === properties["name"])
  );
}
