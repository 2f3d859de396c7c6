/**
 * A barcode's kind, as the Barcode Detection API names it: what hangs on garments, and what a Digital Link is printed as.
 * Not UPC-E: it is so short that a reader sees it in half of a blurred EAN-13.
 */
export type ScanFormat = "ean_13" | "ean_8" | "upc_a" | "qr_code" | "data_matrix";

/** A code as it was read. The text is a stranger's: whoever gets it parses it, and visits nothing. */
export interface ScannedText {
  text: string;
  format: ScanFormat;
}

/** What the scan worker does, over comlink. */
export interface Scanner {
  /** @param assetsUrl the folder with `zxing_reader.wasm` */
  open(assetsUrl: string): Promise<void>;
  /** Reads all codes of a frame, and closes it. */
  read(frame: ImageBitmap | VideoFrame): Promise<ScannedText[]>;
}

/** A scanner in its worker. */
export interface RunningScanner {
  /** Resolves when it can read. */
  ready: Promise<void>;
  /** Takes the frame over. */
  read(frame: ImageBitmap | VideoFrame): Promise<ScannedText[]>;
  /** Calls back when the worker died or could not be loaded: it answers nothing any more. */
  onDeath(listener: (error: Error) => void): void;
  /** Ends the worker at once. */
  end(): void;
}
