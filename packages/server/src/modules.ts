import { consoleModule } from "./console/consoleModule.ts";
import { kioskModule } from "./kiosk/kioskModule.ts";
import { collectorModule } from "./routes/collectorModule.ts";
import type { Module } from "./module.ts";
import { openApiModule } from "./openapi/openApiModule.ts";
import { rulesModule } from "./rules/rulesModule.ts";

/** All parts of the server, in the order in which they start. */
export const MODULES: readonly Module[] = [
  collectorModule,
  rulesModule,
  consoleModule,
  kioskModule,
  openApiModule,
];
