import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const WASM = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");

let isReady = false;

/**
 * Reads the QR code in a picture, by its pixels, as the camera of a phone does.
 * @returns undefined where it shows none that can be read, as while it is being drawn
 */
export async function readQrCode(png: Buffer): Promise<string | undefined> {
  if (!isReady) prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(WASM)).buffer } });
  isReady = true;
  const [code] = await readBarcodes(new Uint8Array(png), { formats: ["QRCode"], tryHarder: true });
  return code?.text;
}
