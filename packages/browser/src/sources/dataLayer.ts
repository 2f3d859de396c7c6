import { isObject, type Json, type JsonObject } from "@vitrine/core";
import { translateGa4 } from "./ga4.ts";
import type { SourceEvent } from "./sourceEvent.ts";

/** The array on the window that tag managers read. */
type Layer = unknown[];

/** What watching a data layer needs. */
export interface DataLayerOptions {
  window: Window;
  /** Name of the array on the window. */
  name: string;
  onEvent: (event: SourceEvent) => void;
  /** A new id for the parts of one event. */
  newId: () => string;
}

/** A watched data layer. */
export interface DataLayer {
  /** Finds the array again: pages replace it (`dataLayer = [{…}]`) after scripts were loaded. */
  attach(): void;
  stop(): void;
}

/**
 * Reads what was pushed to a GA4 data layer, and hears what will be: `{event, ecommerce}` objects as well as
 * gtag's `arguments`. The array's `push` is wrapped; wrappers before and after it keep working.
 */
export function watchDataLayer({ window, name, onEvent, newId }: DataLayerOptions): DataLayer {
  const owner = window as unknown as Record<string, unknown>;
  let layer: Layer | undefined;
  let restore: (() => void) | undefined;
  let stopped = false;
  // An `ecommerce` pushed by itself belongs to the next event that has none; `ecommerce: null` clears it.
  let prepared: Json | undefined;

  const read = (entry: unknown): void => {
    try {
      if (stopped) return;
      let event: unknown;
      let params: JsonObject = {};
      // gtag pushes its `arguments`: ("event", name, parameters).
      if ((entry as unknown[])[0] === "event")
        [, event, params = {}] = entry as [string, unknown, JsonObject];
      else if (isObject(entry)) {
        const { event: named, ecommerce = prepared, ...beside } = entry as JsonObject;
        event = named;
        if (!named) prepared = ecommerce;
        params = merge(beside, ecommerce);
      }
      const events = typeof event === "string" ? translateGa4(event, copyJson(params), newId) : [];
      if (events[0]) prepared = undefined;
      events.forEach(onEvent);
    } catch {
      // Whatever a page pushes, its own push must go on.
    }
  };

  const attach = (): void => {
    const found = (owner[name] ??= []) as Layer;
    if (found === layer || !Array.isArray(found)) return;
    restore?.();
    const known = layer;
    layer = found;
    const push = found.push;
    const wrapper = function (this: Layer, ...entries: unknown[]): number {
      const length = Reflect.apply(push, this, entries) as number;
      entries.forEach(read);
      return length;
    };
    found.filter((entry) => !known?.includes(entry)).forEach(read);
    found.push = wrapper;
    restore = () => {
      // Others may have wrapped ours since: then it stays in the chain, deaf.
      if (found.push === wrapper) found.push = push;
    };
  };
  attach();
  return {
    attach,
    stop() {
      stopped = true;
      restore?.();
    },
  };
}

/** Parameters beside `ecommerce` are GA4's too; one that `ecommerce` has as well is told apart. */
function merge(beside: JsonObject, ecommerce: Json | undefined): JsonObject {
  const inner = isObject(ecommerce) ? ecommerce : {};
  const outer = Object.entries(beside).map(([key, value]) => [
    Object.hasOwn(inner, key) ? `dataLayer.${key}` : key,
    value,
  ]);
  return Object.fromEntries([...outer, ...Object.entries(inner)]) as JsonObject;
}

/**
 * A copy of what is JSON in it: pages change what they pushed; functions, nodes and circles are left out.
 * So are tag manager's own words and `user_data`, which holds contact details and is no parameter of the event.
 */
function copyJson(from: JsonObject): JsonObject {
  const copy: [string, Json][] = [];
  for (const [key, value] of Object.entries(from)) {
    if (/^(gtm\.|user_data$)/.test(key)) continue;
    try {
      copy.push([key, JSON.parse(JSON.stringify(value)) as Json]);
    } catch {
      // A function (its JSON is no text), a circle, a bigint.
    }
  }
  return Object.fromEntries(copy);
}
