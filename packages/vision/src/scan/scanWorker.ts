// The worker's whole script.
import { BarcodeDetector, prepareZXingModule } from "barcode-detector/ponyfill";
import { expose } from "comlink";
import { readCodes } from "./readCodes.ts";
import type { Scanner, ScanFormat } from "./scanner.ts";

const FORMATS: ScanFormat[] = ["ean_13", "ean_8", "upc_a", "qr_code", "data_matrix"];

let detector: BarcodeDetector | undefined;

const scanner: Scanner = {
  async open(assetsUrl) {
    // Important! Without this the library fetches its wasm from a foreign host.
    const overrides = { locateFile: (file: string) => `${assetsUrl}/${file}` };
    await prepareZXingModule({ overrides, fireImmediately: true });
    detector = new BarcodeDetector({ formats: FORMATS });
  },
  async read(frame) {
    try {
      if (!detector) throw new Error("The scan worker was asked before it was opened.");
      return await readCodes(detector, frame);
    } finally {
      frame.close();
    }
  },
};

expose(scanner);
