import type { Module } from "../module.ts";
import { CATALOGUE_MIGRATIONS } from "./catalogueMigrations.ts";
import { catalogueRoutes } from "./catalogueRoutes.ts";
import { stockRoutes } from "./stockRoutes.ts";

/** The shop's articles, and what each of its stores has of them. */
export const catalogueModule: Module = {
  name: "catalogue",
  migrations: CATALOGUE_MIGRATIONS,
  routes: (services) => [...catalogueRoutes, ...stockRoutes(services)],
};
