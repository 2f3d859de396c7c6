import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createVitrine, type Vitrine } from "@vitrine/server";

/** A web server with a real collector, and pages of a workload's own. */
export interface Site {
  /** Without a slash at its end. */
  origin: string;
  host: string;
  vitrine: Vitrine;
  close: () => Promise<void>;
}

/** What a site serves: pages by path, made when they are asked for, and scripts by path, from files. */
export interface SiteContent {
  pages: Record<string, (site: Pick<Site, "origin" | "host" | "vitrine">) => string>;
  scripts: Record<string, string>;
}

/** Isolated pages get a clock of 5 µs; others one of 100 µs. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cache-Control": "no-store",
};

/** One page sends what thousands of shoppers would, so what bounds a single device is off. */
const WIDE_OPEN = { requestsPerSecond: 1e9, eventsPerSecond: 1e9 };

/** Serves pages, scripts and the collector from one origin; a GrowthBook script gets a ruleset without features. */
export async function startSite(dataDir: string, { pages, scripts }: SiteContent): Promise<Site> {
  const vitrine = await createVitrine({ dataDir, limits: WIDE_OPEN });
  const files = new Map(Object.entries(scripts).map(([path, file]) => [path, readFileSync(file)]));
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? "/", site.origin);
    const script = files.get(pathname);
    const page = Object.hasOwn(pages, pathname) ? pages[pathname] : undefined;
    if (script) send(response, "text/javascript", script);
    else if (page) send(response, "text/html; charset=utf-8", page(site));
    else if (pathname.startsWith("/api/features/"))
      send(response, "application/json", '{"status":200,"features":{}}');
    else vitrine.handler(request, response);
  };
  const http = createServer(answer);
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const host = `localhost:${(http.address() as AddressInfo).port}`;
  const site: Site = {
    origin: `http://${host}`,
    host,
    vitrine,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await vitrine.close();
    },
  };
  return site;
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { ...ISOLATED, "Content-Type": type, "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}
