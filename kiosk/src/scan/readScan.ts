import { parseScannedCode } from "@vitrine/core";
import type { Scan } from "../session/session.ts";

/**
 * Reads what a scanner or a camera took from a label. Only a product's number is taken out of a code; an address in it
 * is never visited.
 * @param format the barcode's kind, where the reader tells it
 */
export function readScan(text: string, format?: string): Scan {
  const code = parseScannedCode(text, format);
  switch (code.kind) {
    case "product":
      return { kind: "number", number: code.gtin };
    case "in_store":
      return { kind: "number", number: code.number };
    case "refused":
      break;
  }
  return code;
}
