import { createReadStream, existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, LaunchOptions, Page } from "puppeteer-core";
import type { PoseStats, Sighting } from "@vitrine/vision";
import { launchChromium } from "../../support/chromium.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".wasm": "application/wasm",
  ".mp4": "video/mp4",
  ".jpg": "image/jpeg",
};
const PAGE = `<!doctype html><meta charset="utf-8"><title>vision</title>
<script type="importmap">{"imports":{"comlink":"/node_modules/comlink/dist/esm/comlink.mjs"}}</script>
<script type="module" src="/test/mirror/support/seeCamera.js"></script>
<script type="module" src="/test/mirror/support/seeFixture.js"></script>`;

/** Names of the folders a page may read: nothing else of this machine is served. */
const SERVED =
  /^\/(packages\/vision\/dist|node_modules\/comlink\/dist|test\/(fixtures\/vision|mirror\/support))\//;

/** What one fixture looked like to the real model. */
export interface SeenFixture {
  sightings: Sighting[];
  stats: PoseStats;
  errors: string[];
}

/** What `seeFixture.js` puts on the page. */
interface PageTools {
  seeFixture(url: string, times: readonly number[], noise: number): SeenFixture;
}

/** A page that can look at fixtures with the built pose worker. */
export interface VisionPage {
  page: Page;
  /**
   * Shows the frames of a video at these times (s), or a picture once for each, to the model, one after the other.
   * `noise`: how far each pixel of a picture is off, in steps of 255.
   */
  see(file: string, timesS: readonly number[], noise?: number): Promise<SeenFixture>;
  close(): Promise<void>;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url!, "http://localhost");
  const file = join(ROOT, pathname);
  if (pathname === "/") {
    response.setHeader("content-type", "text/html").end(PAGE);
  } else if (SERVED.test(pathname) && existsSync(file)) {
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    createReadStream(file).pipe(response);
  } else response.writeHead(404).end();
}

/** Opens a browser on a small server of the bundle, the model and the fixtures. */
export async function openVisionPage(options: LaunchOptions = {}): Promise<VisionPage> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser: Browser = await launchChromium(options);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => "seeFixture" in globalThis);
  return {
    page,
    see: (file, timesS, noise = 0) =>
      page.evaluate(
        (url, times, amount) => (globalThis as unknown as PageTools).seeFixture(url, times, amount),
        `/test/fixtures/vision/${file}`,
        timesS,
        noise,
      ),
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** `count` times `fps` to the second, each in the middle of its frame, so that a seek cannot land on the one before. */
export const frameTimes = (count: number, fps: number, step = 1): number[] =>
  Array.from({ length: Math.ceil(count / step) }, (_, i) => (i * step + 0.5) / fps);
