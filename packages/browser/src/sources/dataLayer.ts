import { attempt } from "../attempt.ts";
import { isObject, toJson, type Json, type JsonObject } from "@vitrine/core";
import { translateGa4 } from "./ga4.ts";
import type { SourceEvent } from "./sourceEvent.ts";

/** What watching a data layer needs. */
export interface DataLayerOptions {
  window: Window;
  /** Name of the array on the window. */
  name: string;
  onEvent: (event: SourceEvent) => void;
  /** A new id for the parts of one event. */
  newId: () => string;
}

/**
 * Reads what was pushed to a GA4 data layer, and hears what will be: `{event, ecommerce}` objects as well as
 * gtag's `arguments`. The array's `push` is wrapped; wrappers before and after it keep working.
 * @returns finds the array again: pages replace it (`dataLayer = [{…}]`) after scripts were loaded.
 */
export function watchDataLayer({ window, name, onEvent, newId }: DataLayerOptions): () => void {
  const owner = window as unknown as Record<string, unknown[]>;
  let layer: unknown[] = [];
  // An `ecommerce` pushed by itself belongs to the next event that has none; `ecommerce: null` clears it.
  let prepared: Json | undefined;

  const read = (entry: unknown): void => {
    try {
      let { event, ecommerce = prepared, ...params } = entry as JsonObject;
      // gtag pushes its `arguments`: ("event", name, parameters).
      if (params[0] === "event") [event, params] = [params[1], (params[2] ?? {}) as JsonObject];
      else {
        if (!event) prepared = ecommerce;
        params = merge(params, ecommerce);
      }
      const events = translateGa4(event as string, copyJson(params), newId);
      if (events[0]) prepared = undefined;
      events.forEach(onEvent);
    } catch {
      // Whatever a page pushes, its own push must go on.
    }
  };

  const attach = (): void => {
    const found = (owner[name] ??= []);
    if (found === layer || !Array.isArray(found)) return;
    const known = layer;
    layer = found;
    const { push } = found;
    found.filter((entry) => !known.includes(entry)).forEach(read);
    // Where the page froze what all lists inherit, nobody can listen.
    attempt(() => {
      found.push = (...entries) => {
        const length = push.apply(found, entries);
        entries.forEach(read);
        return length;
      };
    });
  };
  attach();
  return attach;
}

/** Parameters beside `ecommerce` are GA4's too; one that `ecommerce` has as well is told apart. */
function merge(beside: JsonObject, ecommerce: Json | undefined): JsonObject {
  const inner = isObject(ecommerce) ? ecommerce : {};
  const outer = Object.entries(beside).map(([key, value]) => [
    key in inner ? `dataLayer.${key}` : key,
    value,
  ]);
  return { ...Object.fromEntries(outer), ...inner } as JsonObject;
}

/**
 * A copy of what is JSON in it: pages change what they pushed; functions, nodes and circles are left out.
 * So are tag manager's own words and `user_data`, which holds contact details and is no parameter of the event.
 */
function copyJson(from: JsonObject): JsonObject {
  const copy: [string, Json][] = [];
  for (const [key, value] of Object.entries(from)) {
    try {
      if (!/^(gtm\.|user_data$)/.test(key)) copy.push([key, JSON.parse(toJson(value)) as Json]);
    } catch {
      // A function (its JSON is no text), a circle, a bigint.
    }
  }
  return Object.fromEntries(copy);
}
