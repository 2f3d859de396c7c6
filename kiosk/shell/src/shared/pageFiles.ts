import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { contentPolicy, pageHeaders, type PageHeaders } from "./contentPolicy.ts";
import { SAFE_PAGE, SAFE_PAGE_PATH, SAFE_PAGE_POLICY } from "./safePage.ts";
import type { KioskIdentity } from "@vitrine/kiosk/shell";

/** A file of the page, ready to be answered. */
export interface PageFile {
  status: 200 | 404;
  headers: PageHeaders;
  body: Uint8Array;
}

/** What a mirror consists of; a file of any other kind is not part of the page. */
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".task": "application/octet-stream",
  ".svg": "image/svg+xml",
  ".webp": "image/webp",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/**
 * Reads one file of the page's folder.
 * @param path of the request, encoded, beginning with `/`; the folder itself is its `index.html`.
 */
export async function readPageFile(
  folder: string,
  path: string,
  identity: KioskIdentity | undefined,
): Promise<PageFile> {
  if (path === SAFE_PAGE_PATH) return found(".html", Buffer.from(SAFE_PAGE), SAFE_PAGE_POLICY);
  const policy = contentPolicy(identity);
  const file = await findFile(folder, path === "/" ? "/index.html" : path);
  if (!file) return { status: 404, headers: pageHeaders(policy), body: new Uint8Array() };
  return found(extname(file), await readFile(file), policy);
}

function found(extension: string, body: Uint8Array, policy: string): PageFile {
  return { status: 200, headers: { ...pageHeaders(policy), "Content-Type": TYPES[extension]! }, body };
}

/** The real path of a file inside of the folder: neither `..` nor a symbolic link leads out of it. */
async function findFile(folder: string, path: string): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, decodeURIComponent(path)));
    return file.startsWith(root + sep) && extname(file) in TYPES ? file : undefined;
  } catch {
    // Not there, or no path at all.
    return undefined;
  }
}
