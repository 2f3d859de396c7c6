import type { WorkboxPlugin } from "workbox-core/types.js";

/**
 * Lets only what is whole, readable and small into a cache. An opaque answer (another origin's, fetched without CORS)
 * is none of these: it may be an error page, and counts for megabytes of the quota whatever its size.
 * @param mayKeep asked last; with false nothing is stored
 */
export function cacheGuard(maxBytes: number, mayKeep: () => Promise<boolean>): WorkboxPlugin {
  return {
    cacheWillUpdate: async ({ response }) => {
      const { status, type, redirected, headers } = response;
      // A redirected answer cannot be given to a navigation again.
      if (status !== 200 || redirected || !["basic", "cors", "default"].includes(type)) return null;
      if (/no-store/.test(headers.get("cache-control") ?? "")) return null;
      // The header counts compressed bytes and may be missing; it only spares reading what is too large anyway.
      if (Number(headers.get("content-length") ?? 0) > maxBytes) return null;
      if ((await response.clone().blob()).size > maxBytes) return null;
      return (await mayKeep()) ? response : null;
    },
  };
}
