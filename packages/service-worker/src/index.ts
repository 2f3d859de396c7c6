export { retireWorker } from "./retireWorker.ts";
export { startVitrineWorker } from "./startVitrineWorker.ts";
export { PRIVATE_PATHS, type ShopWorkerOptions } from "./ShopWorkerOptions.ts";
