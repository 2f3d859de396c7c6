import { CacheExpiration } from "workbox-expiration/CacheExpiration.js";

/** Raised when what is stored changes its meaning: caches of other versions are deleted when a worker takes over. */
const VERSION = 1;

/** What all our caches' names begin with; a shop's own caches are not ours to delete. */
const PREFIX = "vitrine:";

/** What a cache of ours is for. */
export type CacheName = "shell" | "pages" | "pictures";

/** Our caches. `shell` holds what everybody gets; `pages` and `pictures` are a trace of one person. */
export const CACHES: Readonly<Record<CacheName, string>> = {
  shell: `${PREFIX}shell:${VERSION}`,
  pages: `${PREFIX}pages:${VERSION}`,
  pictures: `${PREFIX}pictures:${VERSION}`,
};

/** What one cache may take. With `maxBytes` for one entry and `maxEntries` the whole is bounded as well. */
export interface CacheBounds {
  maxEntries: number;
  maxBytes: number;
  maxAgeSeconds: number;
}

const DAY_SECONDS = 86_400;

/** 100 MB at the very most, a few in practice; on a full disk workbox empties them first. */
export const BOUNDS: Readonly<Record<CacheName, CacheBounds>> = {
  shell: { maxEntries: 60, maxBytes: 500_000, maxAgeSeconds: 60 * DAY_SECONDS },
  pages: { maxEntries: 60, maxBytes: 500_000, maxAgeSeconds: 30 * DAY_SECONDS },
  pictures: { maxEntries: 160, maxBytes: 250_000, maxAgeSeconds: 60 * DAY_SECONDS },
};

/** Deletes caches with what workbox keeps about their entries' age, which names their addresses. */
async function deleteCache(name: string): Promise<void> {
  await caches.delete(name);
  await new CacheExpiration(name, { maxEntries: 1 }).delete();
}

/** Deletes what this person looked at. */
export async function forgetPerson(): Promise<void> {
  await Promise.all([deleteCache(CACHES.pages), deleteCache(CACHES.pictures)]);
}

/** Deletes our caches of other versions. */
export async function deleteOldCaches(): Promise<void> {
  const current = Object.values(CACHES);
  await deleteOurs((name) => !current.includes(name));
}

/** Deletes every cache of ours, and no other. */
export async function deleteAllCaches(): Promise<void> {
  await deleteOurs(() => true);
}

async function deleteOurs(isMeant: (name: string) => boolean): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && isMeant(name)).map(deleteCache));
}
