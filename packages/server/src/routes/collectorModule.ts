import type { Module } from "../module.ts";
import { COLLECTOR_MIGRATIONS } from "../stores/schema.ts";
import { streamsOf } from "../stream/streamsOf.ts";
import { batchRoutes } from "./batch.ts";
import { bundleRoutes } from "./bundle.ts";
import { deviceRoutes } from "./device.ts";
import { healthRoutes } from "./health.ts";
import { profileRoutes } from "./profile.ts";
import { streamRoutes } from "./stream.ts";

/** Events in, profiles out. */
export const collectorModule: Module = {
  name: "collector",
  migrations: COLLECTOR_MIGRATIONS,
  routes: (services) => [
    ...batchRoutes(services),
    ...profileRoutes,
    ...deviceRoutes,
    ...streamRoutes,
    ...bundleRoutes(),
    ...healthRoutes,
  ],
  start(services) {
    const { metrics, collector } = services;
    metrics.gauge("vitrine_streams", "Open streams", () => streamsOf(services).size);
    metrics.gauge("vitrine_rows", "Identities in memory", () => collector.rows.size().rows);
    metrics.gauge(
      "vitrine_rows_unsaved",
      "Identities whose saved row is behind the log",
      () => collector.rows.size().changed,
    );
  },
  stop: (services) => streamsOf(services).close(),
};
