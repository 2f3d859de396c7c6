import type { Module } from "../module.ts";
import { KIOSK_MIGRATIONS } from "./kioskMigrations.ts";
import { mirrorPageRoutes } from "./mirrorPage.ts";
import { adminKiosksRoutes } from "./routes/adminKiosks.ts";
import { enrolRoutes } from "./routes/enrol.ts";
import { eventRoutes } from "./routes/events.ts";
import { heartbeatRoutes } from "./routes/heartbeat.ts";
import { leaseRoutes } from "./routes/leases.ts";
import { pairingRoutes } from "./routes/pairings.ts";
import { phoneRoutes } from "./routes/phone.ts";
import { kioskRulesRoutes } from "./routes/rules.ts";

/** Kiosks on a shop's floor: enrolled, heard, told what to do, and lent to a shopper by her phone. */
export const kioskModule: Module = {
  name: "kiosk",
  migrations: KIOSK_MIGRATIONS,
  routes: () => [
    ...enrolRoutes,
    ...heartbeatRoutes,
    ...eventRoutes,
    ...pairingRoutes,
    ...leaseRoutes,
    ...kioskRulesRoutes,
    ...phoneRoutes,
    ...adminKiosksRoutes,
    ...mirrorPageRoutes,
  ],
};
