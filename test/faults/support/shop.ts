import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { runVitrine } from "../../server/support/runVitrine.ts";
import { checkDelivery, type Account, type Ledger } from "./checkDelivery.ts";
import { startProxy, type FaultProxy } from "./faultProxy.ts";
import type { Scope } from "./FaultRow.ts";
import { readLog } from "./readLog.ts";

/** A collector, the network in front of it, and a shop's pages on another origin. */
export interface Shop {
  /** Any path gives a page with the script tag. */
  url: string;
  network: FaultProxy;
  ledger: Ledger;
  /** Numbers of the events that the collector's store has. */
  arrived: () => string[];
  /** Compares the ledger with the collector's store; `violations` where the collector's own account differs. */
  settle: () => Promise<{ account: Account; violations: string[] }>;
}

/** What a shop is made of, where it is not the usual. */
export interface ShopOptions {
  /** Where a collector runs, and with which data, in place of one of this process. */
  collector?: { url: string; dataDir: string; siteKey: string };
  /** More attributes of the script tag. */
  attributes?: string;
  /** More headers of a page, by its path. */
  headers?: (path: string) => Record<string, string>;
}

/** No device is held back: the faults are the proxy's alone. */
const LIMITS = { requestsPerSecond: 1e6, eventsPerSecond: 1e9 };

/** The page notes what it hears of all tabs' events; `note` is bound by the driver, outside the fault. */
const LISTENERS = `vitrine={q:[]};for(const [name,level] of [["delivered","delivered"],["drop","dropped"]])
vitrine.q.push(["on",[name,({messageId,reason})=>window.note?.([{level,messageId,reason}])]])`;

/** Opens a shop; it ends with the scope. */
export async function openShop(scope: Scope, options: ShopOptions = {}): Promise<Shop> {
  const { collector, attributes = "" } = options;
  const server = collector ? undefined : await runVitrine(scope, { clock: Date.now, limits: LIMITS });
  const { url: target, dataDir, siteKey } = collector ?? server!;
  const network = await startProxy(scope, target);
  // The script comes from the shop itself, so that pages open while the collector is out of reach.
  const tag = `<script async src="/v/vitrine.js" data-site="${siteKey}" data-endpoint="${network.url}/v1" data-consent="granted" data-page-views="false" ${attributes}></script>`;
  const pages = createServer(async (request, response) => {
    const path = request.url!;
    if (path.startsWith("/v/")) {
      const file = network.files.get(path) ?? (await (await fetch(target + path)).text());
      response.writeHead(200, { "Content-Type": "text/javascript" }).end(file);
    } else {
      response.writeHead(200, { "Content-Type": "text/html", ...options.headers?.(path) });
      response.end(`<!doctype html><title>Shop</title><script>${LISTENERS}</script>${tag}<h1>Shop</h1>`);
    }
  });
  await new Promise<void>((resolve) => pages.listen(0, resolve));
  scope.after(() => {
    pages.closeAllConnections();
    pages.close();
  });
  const ledger: Ledger = { announced: new Map(), called: new Set(), notes: [] };
  return {
    url: `http://localhost:${(pages.address() as AddressInfo).port}/`,
    network,
    ledger,
    arrived: () => readLog(dataDir).events.flatMap(({ id }) => id ?? []),
    settle: async () => {
      const log = readLog(dataDir);
      const account = checkDelivery(ledger, log);
      const violations: string[] = [];
      if (server) {
        const headers = { Authorization: `Bearer ${server.secretKey}` };
        const answer = await fetch(`${server.url}/v1/admin/accounting`, { headers });
        const { accepted, gaps } = (await answer.json()) as { accepted: number; gaps: number };
        if (accepted !== log.events.length)
          violations.push(`the collector counts ${accepted} events and stored ${log.events.length}`);
        if (gaps !== account.gaps) violations.push(`the collector counts ${gaps} gaps of ${account.gaps}`);
      }
      return { account, violations };
    },
  };
}
