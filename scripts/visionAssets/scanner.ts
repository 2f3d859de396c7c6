// Puts the barcode reader's wasm where the scan worker loads it from: our own origin.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ZXING_WASM_SHA256 } from "barcode-detector/ponyfill";

const OUT = "packages/vision/dist/assets";

/**
 * Copies it.
 * @throws Error when the installed wasm is not the one that `barcode-detector` was made with
 */
export function copyScannerWasm(): void {
  // The reader's own copy of zxing-wasm, wherever npm put it.
  const from = createRequire(createRequire(import.meta.url).resolve("barcode-detector")).resolve(
    "zxing-wasm/reader/zxing_reader.wasm",
  );
  const found = createHash("sha256").update(readFileSync(from)).digest("hex");
  if (found !== ZXING_WASM_SHA256)
    throw new Error(`${from} has sha256 ${found}, not ${ZXING_WASM_SHA256}: run npm ci.`);
  mkdirSync(OUT, { recursive: true });
  copyFileSync(from, `${OUT}/zxing_reader.wasm`);
}

if (import.meta.main) copyScannerWasm();
