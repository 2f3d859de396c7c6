import type { Module } from "../module.ts";
import { adminAuditRoutes } from "../routes/adminAudit.ts";
import { adminKeysRoutes } from "../routes/adminKeys.ts";
import { adminSessionRoutes } from "../routes/adminSession.ts";
import { authenticateConsole } from "./authenticateConsole.ts";
import { consoleFileRoutes } from "./consoleFiles.ts";
import { CONSOLE_MIGRATIONS } from "./consoleMigrations.ts";

/** The merchant's console: its files, its sessions, and what it asks. */
export const consoleModule: Module = {
  name: "console",
  migrations: CONSOLE_MIGRATIONS,
  authenticate: authenticateConsole,
  routes: () => [...consoleFileRoutes, ...adminSessionRoutes, ...adminKeysRoutes, ...adminAuditRoutes],
};
