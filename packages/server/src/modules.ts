import { catalogueModule } from "./catalogue/catalogueModule.ts";
import { consoleModule } from "./console/consoleModule.ts";
import { experimentModule } from "./experiments/experimentModule.ts";
import { kioskModule } from "./kiosk/kioskModule.ts";
import { handoffModule } from "./handoff/handoffModule.ts";
import { collectorModule } from "./routes/collectorModule.ts";
import type { Module } from "./module.ts";
import { openApiModule } from "./openapi/openApiModule.ts";
import { previewModule } from "./preview/previewModule.ts";
import { requestModule } from "./requests/requestModule.ts";
import { recommendModule } from "./recommend/recommendModule.ts";
import { rulesModule } from "./rules/rulesModule.ts";

/** All parts of the server, in the order in which they start. */
export const MODULES: readonly Module[] = [
  collectorModule,
  rulesModule,
  recommendModule,
  previewModule,
  experimentModule,
  kioskModule,
  catalogueModule,
  requestModule,
  handoffModule,
  consoleModule,
  openApiModule,
];
