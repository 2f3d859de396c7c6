/** Lengths that a product number may have in print: GTIN-8, GTIN-12 (UPC-A), GTIN-13 (EAN-13), GTIN-14. */
const GTIN_LENGTHS = [8, 12, 13, 14];

/** GS1 prefixes that a shop or company may use as it likes, so that two of them use one number for two things. */
const RESTRICTED_PREFIX = /^(02|04|2\d)/;

/** An EAN-8 keeps more for the shops: everything that begins with 0 or 2. */
const RESTRICTED_EAN8 = /^[02]/;

/** Tells whether a product number may have this many digits. */
export function isGtinLength(length: number): boolean {
  return GTIN_LENGTHS.includes(length);
}

/** One product, one number: all lengths filled with zeros to 14 digits. */
export function toGtin14(gtin: string): string {
  return gtin.padStart(14, "0");
}

/**
 * Tells whether a number is for use inside a shop (price by weight, own labels) and names no product outside it.
 * @param gtin14 14 digits; six leading zeros make it a GTIN-8
 * @see GS1 General Specifications, section 1.4 (restricted circulation numbers)
 */
export function isInStoreNumber(gtin14: string): boolean {
  const isGtin8 = gtin14.startsWith("000000");
  return isGtin8 ? RESTRICTED_EAN8.test(gtin14.slice(6)) : RESTRICTED_PREFIX.test(gtin14.slice(1));
}

/**
 * The UPC-A that a UPC-E leaves zeros out of: its last digit before the check digit says where they were.
 * @param upcE 8 digits: number system 0 or 1, six digits, check digit
 * @returns 12 digits, or undefined when it is no UPC-E
 */
export function expandUpcE(upcE: string): string | undefined {
  if (!/^[01]\d{7}$/.test(upcE)) return undefined;
  const [system, body, last, check] = [upcE[0]!, upcE.slice(1, 6), Number(upcE[6]), upcE[7]!];
  if (last <= 2) return `${system}${body.slice(0, 2)}${last}0000${body.slice(2)}${check}`;
  if (last === 3) return `${system}${body.slice(0, 3)}00000${body.slice(3)}${check}`;
  if (last === 4) return `${system}${body.slice(0, 4)}00000${body.slice(4)}${check}`;
  return `${system}${body}0000${last}${check}`;
}
