import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createVitrine } from "@vitrine/server";
import { decodeEntry, isEvent } from "../../packages/server/src/ingest/logEntry.ts";
import type { Peer } from "./peers/Peer.ts";

/** Our real collector, behind the recording server. */
export interface Store {
  origin: string;
  /** The same library with this collector's keys. */
  adapt: (peer: Peer) => Peer;
  /** Reads its log: numbers in it, and how many are in it once more. */
  count: () => { stored: number; storedTwice: number };
  close: () => Promise<void>;
}

/** One page sends what thousands of shoppers would, so what bounds a single device is off. */
const WIDE_OPEN = { requestsPerSecond: 1e9, eventsPerSecond: 1e9 };

/** Starts a collector on a folder. */
export async function startStore(dataDir: string): Promise<Store> {
  const vitrine = await createVitrine({ dataDir, limits: WIDE_OPEN });
  const http = createServer((request, response) => vitrine.handler(request, response));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { siteKey, rulesKey } = vitrine.site;
  return {
    origin: `http://localhost:${(http.address() as AddressInfo).port}`,
    adapt: (peer) => ({
      ...peer,
      head: (server) =>
        peer
          .head(server)
          .replace('data-site="vs_bench"', `data-site="${siteKey}" data-rules-key="${rulesKey}"`),
    }),
    count: () => {
      const numbers = vitrine.services.collector.log
        .newest("default", Number.MAX_SAFE_INTEGER, 1e6)
        .flatMap(({ body }) => decodeEntry(body).items)
        .flatMap((item) => (isEvent(item) && typeof item.properties.n === "number" ? item.properties.n : []));
      const stored = new Set(numbers).size;
      return { stored, storedTwice: numbers.length - stored };
    },
    close: async () => {
      vitrine.drain();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await vitrine.close();
    },
  };
}
