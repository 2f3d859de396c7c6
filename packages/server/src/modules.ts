import { collectorModule } from "./routes/collectorModule.ts";
import type { Module } from "./module.ts";

/** All parts of the server, in the order in which they start. */
export const MODULES: readonly Module[] = [collectorModule];
