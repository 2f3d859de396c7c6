import type { AddressInfo } from "node:net";
import { createHttpServer, createVitrine, LIMITS } from "@vitrine/server";
import { pino } from "pino";
import type { Target } from "./collector.ts";

/** A collector of our own on a data folder, at a free port of this machine. */
export interface EmbeddedServer {
  target: Target;
  close(): Promise<void>;
}

/** Starts a collector on a data folder, with a secret key for this run only. */
export async function startEmbeddedServer(dataDir: string): Promise<EmbeddedServer> {
  const vitrine = await createVitrine({ dataDir, log: pino({ level: "error" }) });
  const { keys } = vitrine.services;
  const siteId = vitrine.site.id;
  const key = keys.create({ siteId, kind: "secret", name: "replay", scopes: ["write"] });
  const server = createHttpServer(vitrine.handler, LIMITS);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    target: { url: `http://127.0.0.1:${port}`, secretKey: key.text, siteKey: vitrine.site.siteKey },
    async close() {
      vitrine.drain();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      keys.revoke(siteId, key.id);
      await vitrine.close();
    },
  };
}
