// Vitrine's server alone in a process, as a shop would run it embedded: disk, log and limits real, rates wide open.
import { readdirSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createHttpServer, createVitrine, LIMITS, type Vitrine } from "@vitrine/server";
import type { Server } from "node:http";
import { answerParent } from "../support/answerParent.ts";
import { processUsage } from "../support/processUsage.ts";

/** One client stands for thousands of devices, so what bounds a single one is off. */
const WIDE_OPEN = { requestsPerSecond: 1e9, eventsPerSecond: 1e9 };

let vitrine: Vitrine;
let http: Server;
let folder: string;

answerParent({
  open: async ({ dataDir }: { dataDir: string }) => {
    folder = dataDir;
    vitrine = await createVitrine({ dataDir, limits: WIDE_OPEN });
    http = createHttpServer(vitrine.handler, LIMITS);
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const { port } = http.address() as AddressInfo;
    return { port, siteKey: vitrine.site.siteKey, secretKey: vitrine.firstSecretKey };
  },
  usage: processUsage,
  /** Closes everything. @returns bytes on disk. */
  close: async () => {
    vitrine.drain();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
    await vitrine.close();
    return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  },
});
