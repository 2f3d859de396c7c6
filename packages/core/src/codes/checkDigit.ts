/**
 * The check digit that follows these digits: weights 3, 1, 3 … from the right, modulo 10.
 * The same for every GS1 number (GTIN, GLN, SSCC …).
 * @see GS1 General Specifications, section 7.9
 */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

/** Tells whether the last of these digits is the check digit of those before it. */
export function hasCheckDigit(digits: string): boolean {
  return digits.endsWith(checkDigit(digits.slice(0, -1)));
}
