import { parseScannedCode } from "@vitrine/core";

/**
 * Brings a GTIN-8, -12, -13 or -14 to 14 digits, a shop's own numbers too.
 * @returns undefined when it has another length or its check digit is wrong
 */
export function normaliseGtin(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const code = parseScannedCode(text);
  if (code.kind === "product") return code.gtin;
  return code.kind === "in_store" ? code.number.padStart(14, "0") : undefined;
}
