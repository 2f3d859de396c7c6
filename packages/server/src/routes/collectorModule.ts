import type { Module } from "../module.ts";
import { COLLECTOR_MIGRATIONS } from "../stores/schema.ts";
import { batchRoutes } from "./batch.ts";
import { healthRoutes } from "./health.ts";

/** Events in, profiles out. */
export const collectorModule: Module = {
  name: "collector",
  migrations: COLLECTOR_MIGRATIONS,
  routes: (services) => [...batchRoutes(services), ...healthRoutes],
};
