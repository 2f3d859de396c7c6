import { createScanStream, type ScanStream } from "./createScanStream.ts";
import type { ScannedText } from "./scanner.ts";
import { startScanner } from "./startScanner.ts";

/** Where a stream finds its parts, and whom it tells. */
export interface ScanStreamOptions {
  /** The bundle `scan-worker.js`, on the page's own origin. */
  workerUrl: string;
  /** The folder with `zxing_reader.wasm`. */
  assetsUrl: string;
  /** Told once of each code that enough frames agree on. */
  onCode: (code: ScannedText) => void;
  /** Told of each failure; the stream heals itself. */
  onError?: (error: unknown) => void;
}

/** Opens the scan worker: it reads the barcodes in the frames it is offered. */
export function openScanStream({ workerUrl, assetsUrl, onCode, onError }: ScanStreamOptions): ScanStream {
  return createScanStream({
    start: () => startScanner(workerUrl, assetsUrl),
    onCode,
    onError,
    after: (delayMs, callback) => {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  });
}
