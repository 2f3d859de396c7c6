import type { JsonObject } from "@vitrine/core";

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

/** Watched page views. */
export interface PageViews {
  /** The page told of this view itself. */
  skip(): void;
  stop(): void;
}

/**
 * Sees the views of a page: the first, later ones of a single-page app, and returns by the back/forward cache.
 * No phantom views: the same address again is none, nor is `replaceState`, nor a step through several addresses
 * within one frame.
 */
export function watchPageViews({ window, hash, replace, onStart, onView }: PageViewsOptions): PageViews {
  const { document, history, location } = window;
  const { navigation } = window as { navigation?: EventTarget };
  const address = (): string => (hash ? location.href : location.href.split("#")[0]!);
  let seen: string | undefined;
  let isPending = false;
  let isStopped = false;

  const emit = (): void => {
    if (!isPending) return;
    isPending = false;
    const { href: url, pathname: path, search } = location;
    onView({ url, path, search, title: document.title, referrer: document.referrer });
  };
  const start = (how: ViewStart): void => {
    if (seen === address() || isStopped) return;
    seen = address();
    onStart(how);
    if (isPending) return;
    isPending = true;
    // Frameworks set the title while or after they render; a hidden page has no frames.
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", emit, { once: true });
    else if (document.hidden) setTimeout(emit);
    else requestAnimationFrame(() => setTimeout(emit));
  };
  const navigate = (): void => start("navigate");

  const stops: (() => void)[] = [];
  const listen = (target: EventTarget, name: string, listener: (event: Event) => void): void => {
    target.addEventListener(name, listener);
    stops.push(() => target.removeEventListener(name, listener));
  };
  listen(window, "pageshow", (event) => {
    if (!(event as PageTransitionEvent).persisted) return;
    seen = undefined;
    start("restore");
  });
  // What is not told when the page goes is never told.
  listen(window, "pagehide", emit);
  if (navigation) {
    listen(navigation, "currententrychange", (event) => {
      if (replace || (event as { navigationType?: string }).navigationType !== "replace") navigate();
    });
  } else {
    listen(window, "popstate", navigate);
    for (const name of replace ? (["pushState", "replaceState"] as const) : (["pushState"] as const)) {
      const original = history[name];
      const wrapper: typeof original = function (this: History, ...state) {
        original.apply(this, state);
        navigate();
      };
      history[name] = wrapper;
      stops.push(() => {
        if (history[name] === wrapper) history[name] = original;
      });
    }
  }
  start("load");
  return {
    skip() {
      isPending = false;
    },
    stop() {
      isStopped = true;
      isPending = false;
      for (const stop of stops) stop();
    },
  };
}
