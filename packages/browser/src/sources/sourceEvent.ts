import type { JsonObject } from "@vitrine/core";
import type { Ga4Origin } from "./ga4.ts";

/** Where the SDK found an event: `context.source`. */
export type Source = "call" | "dataLayer" | "jsonld" | "page";

/** An event as a source found it; the engine stamps and stores it. */
export interface SourceEvent {
  type: "track" | "page";
  /** Name of a `track`; absent for a page. */
  name?: string;
  properties: JsonObject;
  /** To be merged into the event's context. */
  context: SourceContext;
}

/** What the source says of itself. */
export interface SourceContext extends JsonObject {
  source: Source;
  /** Properties that another source completed, by source: `{jsonld: ["image_url"]}`. */
  enriched?: Partial<Record<Source, string[]>> & JsonObject;
  /** For the data layer: what the event was called there and what the translation could not say. */
  ga4?: Ga4Origin;
}

/** Takes an event from a source. Implementations may not throw. */
export type Capture = (event: SourceEvent) => void;

/** The article of the page, as its data layer and its JSON-LD describe it. */
export interface ProductFacts {
  /** Segment e-commerce properties: `product_id`, `name`, `image_url`, `size_system` …; for `productOf`. */
  properties: JsonObject;
  /** Other ids of the same article (group, variants, GTIN), to recognise it by. */
  ids: string[];
  /** Offered sizes by normal label: true when at least one variant of that size can be bought. */
  sizes: Record<string, boolean>;
}
