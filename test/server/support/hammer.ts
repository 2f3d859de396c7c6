// A child process of durability.test.ts: runs a server on a folder until it is killed, and says where.
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { createHttpServer, createVitrine, LIMITS } from "../../../packages/server/src/index.ts";

const vitrine = await createVitrine({
  dataDir: process.argv[2]!,
  log: pino({ level: "silent" }),
  // Saves often, so that kills also hit half-done checkpoints.
  checkpointMs: 20,
  limits: { requestsPerSecond: 1e6, eventsPerSecond: 1e9 },
});
const server = createHttpServer(vitrine.handler, LIMITS);
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(
    `${JSON.stringify({ port: (server.address() as AddressInfo).port, siteKey: vitrine.site.siteKey })}\n`,
  );
});
