import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Peer } from "./peers/Peer.ts";

/** Serves a shop's pages; it is up whatever happens to the events' server, which is another origin. */
export interface PageServer {
  origin: string;
  close: () => Promise<void>;
}

const page = (tags: string): string =>
  `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,">${tags}</head><p>Page</p>`;

/** Serves the page of one library at `/`, its scripts, and a page without any at `/empty`. */
export async function startPageServer({ scripts, head }: Peer, eventServer: string): Promise<PageServer> {
  const files = new Map(Object.entries(scripts).map(([path, file]) => [path, readFileSync(file)]));
  const http = createServer((request, response) => {
    const { pathname } = new URL(request.url!, "http://any");
    const script = files.get(pathname);
    response.setHeader("Content-Type", script ? "text/javascript" : "text/html; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.end(script ?? page(pathname === "/" ? head(eventServer) : ""));
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://localhost:${(http.address() as AddressInfo).port}`,
    close: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
