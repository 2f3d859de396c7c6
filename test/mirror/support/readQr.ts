import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page as Phone } from "puppeteer-core";

const here = createRequire(import.meta.url);
const DETECTOR = readFileSync(
  here.resolve("barcode-detector/ponyfill").replace("cjs/ponyfill.js", "iife/ponyfill.js"),
  "utf8",
);
const WASM = readFileSync(here.resolve("zxing-wasm/reader/zxing_reader.wasm")).toString("base64");

/** Reads the QR code in a picture, as the camera of a phone does: by its pixels. `page` may be any page without a policy. */
export async function readQr(page: Phone, png: Buffer): Promise<string> {
  await page.evaluate(DETECTOR);
  return page.evaluate(
    async (picture, wasm) => {
      const { BarcodeDetector, prepareZXingModule } = (
        window as unknown as { BarcodeDetectionAPI: typeof import("barcode-detector/ponyfill") }
      ).BarcodeDetectionAPI;
      const bytes = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
      prepareZXingModule({ overrides: { wasmBinary: bytes(wasm).buffer } });
      const bitmap = await createImageBitmap(new Blob([bytes(picture)], { type: "image/png" }));
      const [code] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(bitmap);
      if (!code) throw new Error("There is no QR code in the picture.");
      return code.rawValue;
    },
    png.toString("base64"),
    WASM,
  );
}
