import { deleteAllCaches } from "./caches.ts";
import { worker } from "./worker.ts";
import type { ShopWorkerOptions } from "./ShopWorkerOptions.ts";

/**
 * The kill switch: instead of a worker, its end. It takes over at once, answers no request, deletes our caches and
 * no others, and unregisters itself; pages go on without a worker.
 */
export function retireWorker({ isShared }: ShopWorkerOptions = {}): void {
  const end = async () => {
    await deleteAllCaches();
    if (!isShared) await worker.registration.unregister();
  };
  worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
  worker.addEventListener("activate", (event) => event.waitUntil(end()));
}
