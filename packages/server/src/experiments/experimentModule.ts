import type { Module } from "../module.ts";
import { adminResultsRoutes } from "../routes/adminResults.ts";
import { EXPERIMENT_MIGRATIONS } from "./experimentMigrations.ts";

/** Experiments: who was shown which variant, and what came of it. */
export const experimentModule: Module = {
  name: "experiments",
  migrations: EXPERIMENT_MIGRATIONS,
  routes: () => [...adminResultsRoutes],
};
