import type { Module } from "../module.ts";
import { adminAuditRoutes } from "../routes/adminAudit.ts";
import { adminCustomersRoutes } from "../routes/adminCustomers.ts";
import { adminDevicesRoutes } from "../routes/adminDevices.ts";
import { adminEventsRoutes } from "../routes/adminEvents.ts";
import { adminKeysRoutes } from "../routes/adminKeys.ts";
import { adminOverviewRoutes } from "../routes/adminOverview.ts";
import { adminSessionRoutes } from "../routes/adminSession.ts";
import { authenticateConsole } from "./authenticateConsole.ts";
import { consoleFileRoutes } from "./consoleFiles.ts";
import { CONSOLE_MIGRATIONS } from "./consoleMigrations.ts";
import { closeLiveStreams } from "./liveStreamsOf.ts";

/** The merchant's console: its files, its sessions, and what it asks. */
export const consoleModule: Module = {
  name: "console",
  migrations: CONSOLE_MIGRATIONS,
  authenticate: authenticateConsole,
  routes: () => [
    ...consoleFileRoutes,
    ...adminSessionRoutes,
    ...adminOverviewRoutes,
    ...adminEventsRoutes,
    ...adminCustomersRoutes,
    ...adminDevicesRoutes,
    ...adminKeysRoutes,
    ...adminAuditRoutes,
  ],
  stop: closeLiveStreams,
};
