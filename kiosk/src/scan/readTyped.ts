import type { Scan } from "../session/session.ts";
import { readScan } from "./readScan.ts";

/** Printed under a barcode: UPC-A, EAN-13, GTIN-14. A number of eight digits may be the shop's own. */
const BARCODE_NUMBER = /^\d{12,14}$/;

/**
 * Reads a number that was typed from a label: under a barcode stands a check digit, any other is the shop's own.
 * @returns undefined when a digit of it is wrong
 */
export function readTyped(text: string): Scan | undefined {
  const number = text.replaceAll(/\s/g, "");
  if (!BARCODE_NUMBER.test(number)) return { kind: "number", number: text.trim() };
  const scan = readScan(number);
  return scan.kind === "refused" ? undefined : scan;
}
