import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".html": "text/html",
  ".wasm": "application/wasm",
};

/** Files over HTTP, and the paths that were asked for. */
export interface Served {
  /** `http://localhost:port`, a secure context. */
  url: string;
  requests: string[];
  close: () => Promise<void>;
}

/** Serves the folders, each below its path; `/` is a page with nothing but what `head` says. */
export async function serveFolder(folders: Record<string, string>, head = ""): Promise<Served> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url!, "http://localhost").pathname);
    requests.push(path);
    const mount = Object.keys(folders).find((prefix) => path.startsWith(prefix));
    if (path === "/") {
      response.setHeader("content-type", "text/html").end(`<!doctype html><title>test</title>${head}`);
    } else if (mount === undefined) {
      response.writeHead(404).end();
    } else {
      readFile(join(folders[mount]!, path.slice(mount.length))).then(
        (bytes) =>
          response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream").end(bytes),
        () => response.writeHead(404).end(),
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
