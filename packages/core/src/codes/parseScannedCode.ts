import { checkDigit, hasCheckDigit } from "./checkDigit.ts";
import { isLink, parseDigitalLink, type DigitalLink } from "./digitalLink.ts";
import { expandUpcE, isGtinLength, isInStoreNumber, toGtin14 } from "./gtin.ts";
import { refuse, type RefusedCode } from "./refusedCode.ts";

/** A product that the whole world calls by this number, and what its code says of this one piece. */
export interface ProductCode {
  kind: "product";
  /** 14 digits, whatever length was printed. */
  gtin: string;
  /** AI 22, 10 and 21. */
  variant?: string;
  batch?: string;
  serial?: string;
  /** Of an article in several packages (AI 8006): the jacket of a suit is piece 1 of 2. */
  piece?: { number: number; of: number };
  /** Other application identifiers that the code carries, such as 17, the expiry date (YYMMDD). */
  attributes: Record<string, string>;
}

/** A number that a shop gave out for itself: only its own catalogue knows what it means. */
export interface InStoreCode {
  kind: "in_store";
  /** As it was printed. */
  number: string;
}

/** What a scanned code turned out to be. */
export type ScannedCode = ProductCode | InStoreCode | RefusedCode;

/** A QR code holds 4,296 letters and digits: longer text was not scanned. */
const MAX_LENGTH = 4296;

/**
 * Reads EAN-13, EAN-8, UPC-A, UPC-E, GTIN-14 and GS1 Digital Link. A scanned text is a stranger's: only identifiers are
 * taken out of it, and no link in it is visited.
 * @param text as the scanner gave it
 * @param format the barcode's kind, as the Barcode Detection API names it: of 8 digits only `upc_e` tells what they are
 */
export function parseScannedCode(text: string, format?: string): ScannedCode {
  const code = text.trim();
  if (code.length <= MAX_LENGTH && isLink(code)) return productOf(parseDigitalLink(code));
  if (!/^\d+$/.test(code))
    return refuse("not_a_code", "This code is no product's: scan the barcode on the price tag.");
  return readNumber(code, format);
}

function readNumber(digits: string, format: string | undefined): ScannedCode {
  const isShort = format === "upc_e" && digits.length === 8;
  const number = isShort ? (expandUpcE(digits) ?? "") : digits;
  if (!isGtinLength(number.length))
    return refuse(
      "wrong_length",
      `A product's number has 8, 12, 13 or 14 digits, this one ${digits.length}: scan the whole barcode.`,
    );
  if (!hasCheckDigit(number)) {
    const check = checkDigit(number.slice(0, -1));
    return refuse("check_digit", `After ${number.slice(0, -1)} comes a ${check}: scan the code again.`);
  }
  const gtin = toGtin14(number);
  return isInStoreNumber(gtin)
    ? { kind: "in_store", number: digits }
    : { kind: "product", gtin, attributes: {} };
}

function productOf(link: DigitalLink | RefusedCode): ScannedCode {
  if (link.kind === "refused") return link;
  const { key, qualifiers, attributes } = link;
  if (key.ai !== "01" && key.ai !== "8006")
    return refuse("other_thing", "This code names no product, but a shipment, a place or a document.");
  const gtin = key.value.slice(0, 14);
  const piece = key.ai === "8006" ? pieceOf(key.value) : undefined;
  if (piece && (piece.number < 1 || piece.number > piece.of))
    return refuse("bad_value", `This code names piece ${piece.number} of ${piece.of}: it is misprinted.`);
  if (isInStoreNumber(gtin)) return { kind: "in_store", number: gtin };
  return {
    kind: "product",
    gtin,
    ...named("variant", qualifiers["22"]),
    ...named("batch", qualifiers["10"] ?? attributes["10"]),
    ...named("serial", qualifiers["21"]),
    ...(piece && { piece }),
    attributes,
  };
}

const pieceOf = (itip: string) => ({ number: Number(itip.slice(14, 16)), of: Number(itip.slice(16)) });

const named = (name: "variant" | "batch" | "serial", value: string | undefined) =>
  value === undefined ? {} : { [name]: value };
