import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { contentPolicy, pageHeaders, type PageHeaders, type PageRights } from "./contentPolicy.ts";
import { PICTURES_PATH, type Picture } from "./catalogue/keptPictures.ts";
import { SAFE_PAGE, SAFE_PAGE_PATH, SAFE_PAGE_POLICY } from "./safePage.ts";

/** A file of the page, ready to be answered. */
export interface PageFile {
  status: 200 | 404;
  headers: PageHeaders;
  body: Uint8Array;
}

/** What is served, and what it may. */
export interface Served extends PageRights {
  /** The page's folder. */
  folder: string;
  /** Answers paths below `PICTURES_PATH`. */
  picture: (path: string) => Promise<Picture | undefined>;
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
export async function readPageFile(served: Served, path: string): Promise<PageFile> {
  if (path === SAFE_PAGE_PATH)
    return found(".html", Buffer.from(SAFE_PAGE), pageHeaders(SAFE_PAGE_POLICY, false));
  if (path.startsWith(PICTURES_PATH)) return answerPicture(await served.picture(path));
  const headers = pageHeaders(contentPolicy(served), served.hasCamera);
  const file = await findFile(served.folder, path === "/" ? "/index.html" : path);
  if (!file) return { status: 404, headers, body: new Uint8Array() };
  return found(extname(file), await readFile(file), headers);
}

/** A picture is a stranger's: opened by itself, it is nobody's page and runs nothing. */
function answerPicture(picture: Picture | undefined): PageFile {
  const headers = pageHeaders("default-src 'none'; style-src 'unsafe-inline'; sandbox", false);
  if (!picture) return { status: 404, headers, body: new Uint8Array() };
  return { status: 200, headers: { ...headers, "Content-Type": picture.type }, body: picture.body };
}

function found(extension: string, body: Uint8Array, headers: PageHeaders): PageFile {
  return { status: 200, headers: { ...headers, "Content-Type": TYPES[extension]! }, body };
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
