import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import type { ScannedText } from "@vitrine/vision";
import { checkDigit } from "../../packages/core/src/codes/checkDigit.ts";
import { parseScannedCode } from "../../packages/core/src/codes/parseScannedCode.ts";
import { copyScannerWasm } from "../../scripts/visionAssets/scanner.ts";
import { createChance, type Chance } from "../faults/simulation/support/chance.ts";
import { launchChromium } from "../support/chromium.ts";
import { ean13, qrCode } from "./support/barcodes.ts";
import { defineDrawFrame, type Held } from "./support/drawFrame.ts";
import { serveFolder, type Served } from "./support/serveFolder.ts";

const FRAMES = 300;
const EMPTY_FRAMES = 20;

const ROOT = join(import.meta.dirname, "../..");
const IMPORTS = '<script type="importmap">{"imports":{"comlink":"/comlink/comlink.mjs"}}</script>';

type Scan = typeof import("../../packages/vision/src/scan/startScanner.ts") &
  typeof import("../../packages/vision/src/scan/openScanStream.ts");

declare global {
  interface Window {
    scan: Scan;
    scanner: ReturnType<Scan["startScanner"]>;
  }
}

let served: Served;
let browser: Browser;
let page: Page;
const hosts = new Set<string>();
before(async () => {
  copyScannerWasm();
  const folders = {
    "/vision/": join(ROOT, "packages/vision/dist"),
    "/comlink/": join(ROOT, "node_modules/comlink/dist/esm"),
  };
  served = await serveFolder(folders, IMPORTS);
  browser = await launchChromium();
  page = await browser.newPage();
  page.on("request", (request) => hosts.add(new URL(request.url()).origin));
  await page.evaluateOnNewDocument(defineDrawFrame);
  await page.goto(served.url);
  await page.evaluate(
    async (paths) => {
      const modules = (await Promise.all(paths.map((path) => import(path)))) as object[];
      window.scan = Object.assign({}, ...modules) as Scan;
      window.scanner = window.scan.startScanner("/vision/bundle/scan-worker.js", "/vision/assets");
      await window.scanner.ready;
    },
    ["/vision/scan/startScanner.js", "/vision/scan/openScanStream.js"],
  );
});
after(async () => {
  await browser.close();
  await served.close();
});

/** What the scanner reads in one frame. */
const read = (held: Held): Promise<ScannedText[]> =>
  page.evaluate(async (frame) => window.scanner.read(await window.drawFrame(frame)), held);

/** A product's number of 13 digits. */
function anyGtin({ below }: Chance): string {
  const body = `4${String(below(1e11)).padStart(11, "0")}`;
  return body + checkDigit(body);
}

const heldSomehow = ({ next }: Chance): Omit<Held, "code"> => ({
  modulePx: 3 + next() * 3,
  angle: next() * 360,
  tilt: 0.7 + next() * 0.3,
  blurPx: next() * 2.5,
  light: 0.5 + next() * 0.5,
  stripePx: 4 + Math.floor(next() * 20),
});

describe("the scanner", () => {
  it(`reads nothing wrong in ${FRAMES} frames of codes at all angles and more or less blurred`, async () => {
    const chance = createChance(300);
    const counts = new Map<string, { shown: number; read: number }>();
    const wrong: string[] = [];
    for (let i = 0; i < FRAMES; i++) {
      const gtin = anyGtin(chance);
      const kind = i % 2 === 0 ? "EAN-13" : "QR";
      const text = kind === "EAN-13" ? gtin : `https://brand.example/01/0${gtin}/21/${chance.below(1e9)}`;
      const code = kind === "EAN-13" ? ean13(gtin) : qrCode(text);
      const held = heldSomehow(chance);
      const found = await read({ code, ...held });
      const group = `${kind} ${held.blurPx < held.modulePx / 3 ? "sharp" : "blurred"}`;
      const { shown, read: seen } = counts.get(group) ?? { shown: 0, read: 0 };
      counts.set(group, { shown: shown + 1, read: seen + (found.some((one) => one.text === text) ? 1 : 0) });
      for (const { text: other, format } of found.filter((one) => one.text !== text))
        wrong.push(`${format} ${other} for ${text}`);
      for (const one of found.filter((other) => other.text === text)) {
        const parsed = parseScannedCode(one.text, one.format);
        assert.ok(parsed.kind === "product" && parsed.gtin === `0${gtin}`, JSON.stringify(parsed));
      }
    }
    const rates = [...counts].map(([group, { shown, read }]) => `${group} ${read} of ${shown}`);
    console.log(`single frames read: ${rates.join(", ")}; ${wrong.length} wrong`);
    assert.deepEqual(wrong, []);
    for (const [group, { shown, read }] of counts)
      assert.ok(read > shown * (group.endsWith("sharp") ? 0.6 : 0.1), rates.join(", "));
  });

  it(`reads nothing in ${EMPTY_FRAMES} frames of striped shirts (control)`, async () => {
    const chance = createChance(30);
    for (let i = 0; i < EMPTY_FRAMES; i++)
      assert.deepEqual(await read({ code: undefined, ...heldSomehow(chance), stripePx: 2 + (i % 12) }), []);
  });

  it("tells once of a code that is held before the camera, and again when it comes back", async () => {
    const chance = createChance(8);
    const [coat, dress] = [anyGtin(chance), anyGtin(chance)];
    const held = (gtin: string): Held => ({
      code: ean13(gtin),
      ...heldSomehow(chance),
      blurPx: 0,
      modulePx: 4,
    });
    const still = (gtin?: string) => (gtin ? Array.from({ length: 6 }, () => held(gtin)) : []);
    const away = Array.from({ length: 6 }, (): Held => ({ ...held(coat), code: undefined }));
    const frames = [...still(coat), ...still(dress), held(coat), ...away, ...still(coat)];
    const told = await page.evaluate(async (list) => {
      const texts: string[] = [];
      const stream = window.scan.openScanStream({
        workerUrl: "/vision/bundle/scan-worker.js",
        assetsUrl: "/vision/assets",
        onCode: ({ text }) => texts.push(text),
      });
      for (const [i, frame] of list.entries()) {
        stream.offer(await window.drawFrame(frame));
        while (stream.stats.read <= i) await new Promise(requestAnimationFrame);
      }
      stream.close();
      return texts;
    }, frames);
    assert.deepEqual(told, [coat, dress, coat]);
  });

  it("asked nobody but our own origin for anything", () => {
    assert.ok(served.requests.includes("/vision/assets/zxing_reader.wasm"));
    assert.deepEqual([...hosts], [served.url]);
  });
});
