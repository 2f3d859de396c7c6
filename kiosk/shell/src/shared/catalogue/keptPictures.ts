import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fetch } from "../askServer.ts";
import { replaceFile } from "../replaceFile.ts";

/** A picture, ready to be answered. */
export interface Picture {
  type: string;
  body: Uint8Array;
}

/** Pictures of articles, on this machine. */
export interface KeptPictures {
  /** The page's own path of a picture, by which it is found without a network too. */
  pathOf(url: string): string;
  /** Answers such a path: from the disk, else from the shop, and keeps it. */
  read(path: string): Promise<Picture | undefined>;
  /** Fetches those that are missing, one after the other, and removes what is not among them. */
  keepOnly(urls: readonly string[]): Promise<void>;
}

/** What decides about pictures. */
export interface PictureOptions {
  folder: string;
  fetch: Fetch;
  /** Whether a picture may be fetched from there: a catalogue does not send a kiosk around in the shop's network. */
  isAllowed: (url: string) => boolean;
}

/** Where the page finds them. */
export const PICTURES_PATH = "/pictures/";

const TYPES: Record<string, string> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/svg+xml": "svg",
};
/** Of one picture, and of all: a small box has some gigabytes. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_ALL_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

const idOf = (url: string) => createHash("sha256").update(url).digest("hex").slice(0, 32);

/** Opens the pictures that are kept in a folder. A name is the digest of an address: no address makes a path. */
export function openKeptPictures({ folder, fetch, isAllowed }: PictureOptions): KeptPictures {
  const urls = new Map<string, string>();
  const fileOf = (id: string) => namesIn(folder).find((name) => name.startsWith(`${id}.`));
  const fetchPicture = async (id: string, url: string): Promise<Picture | undefined> => {
    const picture = isAllowed(url) ? await download(fetch, url) : undefined;
    if (picture) keep(join(folder, `${id}.${TYPES[picture.type]}`), picture.body);
    return picture;
  };
  return {
    pathOf(url) {
      const id = idOf(url);
      urls.set(id, url);
      return PICTURES_PATH + id;
    },
    async read(path) {
      const id = path.slice(PICTURES_PATH.length);
      const url = urls.get(id);
      // Only what an article was answered with is asked for.
      if (url === undefined) return undefined;
      return (await readKept(folder, fileOf(id))) ?? fetchPicture(id, url);
    },
    async keepOnly(wanted) {
      const ids = new Map(wanted.map((url) => [idOf(url), url]));
      let bytes = removeOthers(folder, ids);
      for (const [id, url] of ids) {
        if (bytes >= MAX_ALL_BYTES) return;
        if (!fileOf(id)) bytes += (await fetchPicture(id, url))?.body.length ?? 0;
      }
    },
  };
}

async function download(fetch: Fetch, url: string): Promise<Picture | undefined> {
  try {
    const response = await fetch(url, {
      redirect: "error",
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const type = (response.headers.get("Content-Type") ?? "").split(";")[0]!.trim();
    const length = Number(response.headers.get("Content-Length") ?? 0);
    if (!response.ok || !Object.hasOwn(TYPES, type) || length > MAX_BYTES) {
      await response.body?.cancel();
      return undefined;
    }
    const body = new Uint8Array(await response.arrayBuffer());
    return body.length <= MAX_BYTES ? { type, body } : undefined;
  } catch {
    return undefined;
  }
}

function keep(file: string, body: Uint8Array): void {
  try {
    replaceFile(file, body);
  } catch {
    // A full disk: it is shown now, and fetched again another time.
  }
}

async function readKept(folder: string, name: string | undefined): Promise<Picture | undefined> {
  const type = Object.keys(TYPES).find((known) => name?.endsWith(`.${TYPES[known]}`));
  if (name === undefined || type === undefined) return undefined;
  return readFile(join(folder, name)).then(
    (body) => ({ type, body }),
    () => undefined,
  );
}

/** @returns bytes of those that stay. */
function removeOthers(folder: string, wanted: ReadonlyMap<string, string>): number {
  let bytes = 0;
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    if (wanted.has(name.split(".")[0]!)) bytes += statSync(file).size;
    else rmSync(file, { force: true });
  }
  return bytes;
}

function namesIn(folder: string): string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return readdirSync(folder);
}
