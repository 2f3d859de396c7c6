import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { CANARY_PIXELS } from "../../../mirror/support/sceneCamera.ts";
import { chunksOf, slicesOf, type MirrorShopper } from "./shopper.ts";

/** Something that only one shopper can have left, and what it is called in a report. */
export interface Trace {
  name: string;
  bytes: Buffer;
}

/** What only a readable picture or film has. */
const MAGIC: Trace[] = [
  { name: "WebM's head", bytes: Buffer.from("1a45dfa3", "hex") },
  { name: "WebM's type", bytes: Buffer.from("4282847765626d", "hex") },
  { name: "VP9's name", bytes: Buffer.from("V_VP9") },
  { name: "VP8's name", bytes: Buffer.from("V_VP8") },
  { name: "MP4's head", bytes: Buffer.from("ftypiso") },
  { name: "JPEG's head", bytes: Buffer.from("ffd8ffe000104a464946", "hex") },
];

const textTraces = (name: string, text: string): Trace[] => [
  { name, bytes: Buffer.from(text) },
  { name: `${name} (UTF-16)`, bytes: Buffer.from(text, "utf16le") },
];

/** Everything of a shopper that must not be readable later, as far as her page knows it now. */
export async function tracesOf({ page, product, lease }: MirrorShopper): Promise<Trace[]> {
  const slices = await slicesOf(page);
  return [
    ...textTraces("her profile", product),
    ...(lease === undefined ? [] : textTraces("her lease", lease)),
    ...slices.map((bytes) => ({ name: "a recorded slice", bytes })),
    { name: "pixels of her picture", bytes: CANARY_PIXELS },
    ...MAGIC,
  ];
}

/** Names and sealed bytes of her clips: harmless without their keys, and still not to be there once she is gone. */
export async function clipTracesOf({ page }: MirrorShopper): Promise<Trace[]> {
  const { ids, sealed } = await chunksOf(page);
  return [
    ...ids.flatMap((id) => textTraces("a clip's name", id)),
    ...sealed.map((bytes) => ({ name: "a sealed slice", bytes })),
  ];
}

/** True for a trace that a page's memory would hold as text. */
export const isText = ({ name }: Trace): boolean => name.startsWith("her ");

/** Which traces some bytes have; each name once. */
export const findIn = (bytes: Buffer, traces: readonly Trace[]): string[] => [
  ...new Set(traces.filter((trace) => bytes.includes(trace.bytes)).map(({ name }) => name)),
];

/** Which traces the files below a folder have, a line each. Files that vanish meanwhile have none. */
export function findInFolder(folder: string, traces: readonly Trace[]): string[] {
  const lines: string[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    try {
      lines.push(
        ...findIn(readFileSync(path), traces).map((name) => `${name} in ${path.slice(folder.length)}`),
      );
    } catch {
      // Its browser has just removed it.
    }
  }
  return lines;
}

/** Which traces a page has: in its document, its storage and its heap, a line each. */
export async function findInPage(page: Page, traces: readonly Trace[]): Promise<string[]> {
  const { document, storage } = await page.evaluate(readPage);
  const places = { document: Buffer.from(document), storage: Buffer.from(storage), heap: await heapOf(page) };
  return Object.entries(places).flatMap(([place, bytes]) =>
    findIn(bytes, traces).map((name) => `${name} in the page's ${place}`),
  );
}

/** Every string and name that the page's memory holds, as DevTools saves it. */
async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const parts: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => void parts.push(chunk));
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return Buffer.from(parts.join(""));
}

/** Runs in the page. */
async function readPage(): Promise<{ document: string; storage: string }> {
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error!));
    });
  const stored: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name!));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store);
      stored.push(name, store, await settled(rows.getAllKeys()), String(await settled(rows.count())));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      stored.push(request.url, await (await cache.match(request))!.text());
  }
  for await (const name of (await navigator.storage.getDirectory()).keys()) stored.push(name);
  return { document: document.documentElement.outerHTML, storage: JSON.stringify(stored) };
}
