import type { BarcodeDetector, DetectedBarcode } from "barcode-detector/ponyfill";
import type { ScanFormat, ScannedText } from "./scanner.ts";

/** Bars have one check digit and nothing that mends errors, unlike the squares of a QR code. */
const LINEAR: ReadonlySet<string> = new Set(["ean_13", "ean_8", "upc_a"] satisfies ScanFormat[]);

/** The second look at bars: other lines through them, other edges of their pixels. */
const SECOND_LOOK = { scale: 0.8, angle: 0.07 };

/**
 * Reads all codes of a frame. Bars count only when a second look, smaller and turned a little, says the same: of 300
 * blurred frames one look misread three, the check digit being right by chance.
 */
export async function readCodes(
  detector: BarcodeDetector,
  frame: ImageBitmap | VideoFrame,
): Promise<ScannedText[]> {
  const codes = (await detector.detect(frame)).map(scannedText);
  if (!codes.some(({ format }) => LINEAR.has(format))) return codes;
  const again = new Set((await detector.detect(lookAgain(frame))).map(({ rawValue }) => rawValue));
  return codes.filter(({ text, format }) => !LINEAR.has(format) || again.has(text));
}

const scannedText = ({ rawValue, format }: DetectedBarcode): ScannedText => ({
  text: rawValue,
  // The detector was asked for these only.
  format: format as ScanFormat,
});

function lookAgain(frame: ImageBitmap | VideoFrame): ImageData {
  const { scale, angle } = SECOND_LOOK;
  const width = Math.round(("displayWidth" in frame ? frame.displayWidth : frame.width) * scale);
  const height = Math.round(("displayHeight" in frame ? frame.displayHeight : frame.height) * scale);
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.translate(width / 2, height / 2);
  context.rotate(angle);
  context.drawImage(frame, -width / 2, -height / 2, width, height);
  return context.getImageData(0, 0, width, height);
}
