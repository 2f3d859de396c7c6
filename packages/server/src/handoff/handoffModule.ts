import type { Module } from "../module.ts";
import { HANDOFF_MIGRATIONS } from "./handoffMigrations.ts";
import { handoffsOf } from "./handoffsOf.ts";
import { kioskHandoffRoutes } from "./kioskHandoffRoutes.ts";
import { phoneHandoffRoutes } from "./phoneHandoffRoutes.ts";
import { takeFileRoutes } from "./takeFiles.ts";

/** Sealed looks on their way from a mirror to a phone. */
export const handoffModule: Module = {
  name: "handoff",
  migrations: HANDOFF_MIGRATIONS,
  routes: () => [...kioskHandoffRoutes, ...phoneHandoffRoutes, ...takeFileRoutes],
  // Opening them shreds what ended while the server was away.
  start: (services) => void handoffsOf(services),
  stop: (services) => handoffsOf(services).close(),
};
