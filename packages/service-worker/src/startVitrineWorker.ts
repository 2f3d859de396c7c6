import { browserPlatform } from "@vitrine/browser/outbox";
import { deleteOldCaches, forgetPerson } from "./caches.ts";
import { createConsentCheck } from "./createConsentCheck.ts";
import { createDrain } from "./createDrain.ts";
import { createShopRoutes } from "./createShopRoutes.ts";
import type { SyncEvent, SyncingRegistration } from "./backgroundSync.ts";
import { worker } from "./worker.ts";
import type { ShopWorkerOptions } from "./ShopWorkerOptions.ts";

/** Tag of our one background sync. */
const TAG = "vitrine";

/**
 * Puts Vitrine into a shop's service worker: sends what pages left in the outbox, and keeps the shop open offline. To
 * be called while the worker's script runs first: listeners that come later are not asked.
 */
export function startVitrineWorker(options: ShopWorkerOptions = {}): void {
  const platform = browserPlatform();
  const { drain } = createDrain(platform);
  const { router, warm } = createShopRoutes(options, createConsentCheck(platform));
  router.addFetchListener();

  // Nothing of ours depends on the version of the pages: a new worker takes over at once, so that none waits behind a
  // tab that is never closed, and a repaired one reaches everybody on the next visit.
  worker.addEventListener("install", (event) => event.waitUntil(Promise.all([worker.skipWaiting(), warm()])));
  worker.addEventListener("activate", (event) =>
    event.waitUntil(Promise.all([worker.clients.claim(), deleteOldCaches()])),
  );

  worker.addEventListener("message", (event) => {
    if (event.data === "vitrine.forget") event.waitUntil(forgetPerson());
    // The browser knows best when the network is back; where it cannot be asked, or no page is left to ask for, now.
    if (event.data === "vitrine.drain") event.waitUntil(askForSync().catch(drain));
  });
  worker.addEventListener("sync", (event) => {
    const { tag } = event as SyncEvent;
    if (tag === TAG) (event as SyncEvent).waitUntil(drainAll());
  });

  /** Rejects while events are left, so that the browser tries again. */
  const drainAll = async () => {
    const left = await drain();
    if (left) throw new Error(`${left} events are left`);
  };
}

async function askForSync(): Promise<void> {
  const { sync } = worker.registration as SyncingRegistration;
  if (!sync) throw new Error("no background sync");
  await sync.register(TAG);
}
