import { ExpirationPlugin } from "workbox-expiration/ExpirationPlugin.js";
import type { RouteHandlerObject, WorkboxPlugin } from "workbox-core/types.js";
import { Router } from "workbox-routing/Router.js";
import { Route } from "workbox-routing/Route.js";
import { CacheFirst } from "workbox-strategies/CacheFirst.js";
import { NetworkFirst } from "workbox-strategies/NetworkFirst.js";
import { StaleWhileRevalidate } from "workbox-strategies/StaleWhileRevalidate.js";
import { cacheGuard } from "./cacheGuard.ts";
import { BOUNDS, CACHES, type CacheName } from "./caches.ts";
import { worker } from "./worker.ts";
import { PRIVATE_PATHS, type ShopWorkerOptions } from "./ShopWorkerOptions.ts";

/** Our collector's paths and no others: never in a cache. */
const COLLECTOR = /^\/v1\//;

/** The SDK's scripts, wherever they are served from: an offline page captures too. */
const OUR_SCRIPT = /\/vitrine(-(personal|actions)\.[0-9a-f]{8})?\.js$/;

const PAGE_TIMEOUT_SECONDS = 4;

/** A page may answer `Vary: Cookie`; the shopper's copy is hers whatever became of the cookie. */
const MATCH: CacheQueryOptions = { ignoreVary: true };

/** The routes of an offline shop. */
export interface ShopRoutes {
  router: Router;
  /** Fetches what everybody gets: the pages to fall back to, as a stranger sees them. Never rejects. */
  warm: () => Promise<void>;
}

/**
 * Creates the routes: pages from the network first, styles and scripts from the cache while it is renewed, pictures
 * from the cache. What none of them is for goes its way as if there were no worker.
 * @param mayRemember true while the person allows it; pages and pictures are a trace
 */
export function createShopRoutes(
  options: ShopWorkerOptions,
  mayRemember: () => Promise<boolean>,
): ShopRoutes {
  const {
    privatePaths = PRIVATE_PATHS,
    imageOrigins = [],
    pageTimeoutSeconds = PAGE_TIMEOUT_SECONDS,
  } = options;
  const home = worker.registration.scope;
  const offline = new URL(options.offlinePage ?? "", home).href;
  const router = new Router();
  const serve = (isMeant: (request: Request, url: URL) => boolean, handler: RouteHandlerObject) =>
    router.registerRoute(
      new Route(({ request, url }) => !COLLECTOR.test(url.pathname) && isMeant(request, url), handler),
    );

  serve(
    ({ mode }, url) => mode === "navigate" && isOwn(url) && !privatePaths.test(url.pathname),
    new NetworkFirst({
      ...kept("pages", mayRemember),
      networkTimeoutSeconds: pageTimeoutSeconds,
      plugins: [
        ...kept("pages", mayRemember).plugins,
        { handlerDidError: ({ request }) => fallback(request.url, offline, home) },
      ],
    }),
  );
  const shell = new StaleWhileRevalidate(kept("shell", always));
  serve(({ destination }, url) => isOwn(url) && /^(style|script|font|manifest)$/.test(destination), shell);
  serve(
    ({ destination }, url) => destination === "script" && OUR_SCRIPT.test(url.pathname),
    new StaleWhileRevalidate({ ...kept("shell", always), fetchOptions: CORS }),
  );
  serve(
    ({ destination }, url) => destination === "image" && isOwn(url),
    new CacheFirst(kept("pictures", mayRemember)),
  );
  serve(
    ({ destination }, url) => destination === "image" && imageOrigins.includes(url.origin),
    new CacheFirst({ ...kept("pictures", mayRemember), fetchOptions: CORS }),
  );

  const warm = async () => {
    const guard = cacheGuard(BOUNDS.shell.maxBytes, always);
    const cache = await caches.open(CACHES.shell);
    const fetchOne = async (url: string) => {
      const request = new Request(url, { credentials: "omit", cache: "no-cache" });
      const event = new ExtendableEvent("install");
      const response = await guard.cacheWillUpdate!({ request, response: await fetch(request), event });
      if (response) await cache.put(url, response);
    };
    await Promise.allSettled([...new Set([home, offline])].map(fetchOne));
  };
  return { router, warm };
}

/** Without CORS the answer of another origin could not be looked at, and must not be kept. */
const CORS: RequestInit = { mode: "cors", credentials: "omit" };

const isOwn = (url: URL) => url.origin === worker.location.origin;

const always = () => Promise.resolve(true);

/** A strategy's options: the cache, within its bounds. */
function kept(
  name: CacheName,
  mayKeep: () => Promise<boolean>,
): { cacheName: string; matchOptions: CacheQueryOptions; plugins: WorkboxPlugin[] } {
  const { maxEntries, maxBytes, maxAgeSeconds } = BOUNDS[name];
  return {
    cacheName: CACHES[name],
    matchOptions: MATCH,
    plugins: [
      cacheGuard(maxBytes, mayKeep),
      new ExpirationPlugin({
        maxEntries,
        maxAgeSeconds,
        purgeOnQuotaError: true,
        matchOptions: MATCH,
      }) as WorkboxPlugin, // its own type says "or undefined" of what is always there
    ],
  };
}

/** The page of that path with another query (a campaign's, say), then the offline page, then home. */
async function fallback(url: string, offline: string, home: string): Promise<Response | undefined> {
  const pages = await caches.open(CACHES.pages);
  const shell = await caches.open(CACHES.shell);
  return (
    (await pages.match(url, { ...MATCH, ignoreSearch: true })) ??
    (offline === home ? await pages.match(home, MATCH) : undefined) ??
    (await shell.match(offline, MATCH)) ??
    (await shell.match(home, MATCH))
  );
}
