import type { Module } from "../module.ts";
import { REQUEST_MIGRATIONS } from "./requestMigrations.ts";
import { requestRoutes } from "./requestRoutes.ts";

/** What shoppers at kiosks ask the staff for. */
export const requestModule: Module = {
  name: "requests",
  migrations: REQUEST_MIGRATIONS,
  routes: () => [...requestRoutes],
};
