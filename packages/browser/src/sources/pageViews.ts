import type { JsonObject } from "@vitrine/core";
import { pageOf } from "../pageOf.ts";

/** What watching page views needs. */
export interface PageViewsOptions {
  window: Window & typeof globalThis;
  /** True: a change of the hash alone is a view. */
  hash?: boolean | undefined;
  /** True: `replaceState` to another address is a view. */
  replace?: boolean | undefined;
  /** Called at once when a view begins: the first, another address, a return by the back/forward cache. */
  onStart: (how: ViewStart) => void;
  /** Called once for each view, when the page had a frame to set its title, or when the page goes. */
  onView: (page: JsonObject) => void;
}

/** How a view began. */
export type ViewStart = "load" | "navigate" | "restore";

/**
 * Sees the views of a page: the first, later ones of a single-page app, and returns by the back/forward cache.
 * No phantom views: the same address again is none, nor is `replaceState`, nor a step through several addresses
 * within one frame.
 * @returns leaves the view that was not told of yet to the page, which tells of it itself.
 */
export function watchPageViews({ window, hash, replace, onStart, onView }: PageViewsOptions): () => void {
  const { document, history, location } = window;
  const { navigation } = window as { navigation?: EventTarget };
  let seen: string | undefined;
  let isPending = false;

  const emit = (): void => {
    if (!isPending) return;
    isPending = false;
    onView(pageOf(window));
  };
  const start = (how: ViewStart): void => {
    const address = hash ? location.href : withoutHash(location.href);
    if (seen === address) return;
    seen = address;
    onStart(how);
    if (isPending) return;
    isPending = true;
    // Frameworks set the title while or after they render; a hidden page has no frames.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", emit);
    else if (document.hidden) setTimeout(emit);
    else requestAnimationFrame(() => setTimeout(emit));
  };
  const navigate = (): void => start("navigate");

  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    seen = undefined;
    start("restore");
  });
  // What is not told when the page goes is never told.
  window.addEventListener("pagehide", emit);
  if (navigation) {
    navigation.addEventListener("currententrychange", (event) => {
      if (replace || (event as { navigationType?: string }).navigationType !== "replace") navigate();
    });
  } else {
    window.addEventListener("popstate", navigate);
    for (const name of ["pushState", "replaceState"] as const) {
      const original = history[name];
      history[name] = (...state) => {
        original.apply(history, state);
        if (replace || name === "pushState") navigate();
      };
    }
  }
  start("load");
  return () => {
    isPending = false;
  };
}

/** An address without its hash. */
export const withoutHash = (url: string): string => url.split("#")[0]!;
