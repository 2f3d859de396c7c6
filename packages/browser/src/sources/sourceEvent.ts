import type { JsonObject } from "@vitrine/core";

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
  /** Sources that completed the properties: `["jsonld"]` when a data layer view took its image from there. */
  enriched?: Source[];
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
