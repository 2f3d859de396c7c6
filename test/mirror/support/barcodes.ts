import { encode } from "uqr";

/** A code as rows of modules, `1` is dark, with the quiet zone around it; an EAN-13 has one row, drawn tall. */
export interface Modules {
  rows: string[];
  /** Height of a row, in widths of a module. */
  rowHeight: number;
}

const LEFT = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split(" ");
const RIGHT = LEFT.map((code) =>
  code
    .split("")
    .map((bit) => (bit === "1" ? "0" : "1"))
    .join(""),
);
const EVEN = RIGHT.map((code) => code.split("").reverse().join(""));
/** Which of the six left digits are odd or even says what the first digit is. */
const PARITY = "OOOOOO OOEOEE OOEEOE OOEEEO OEOOEE OEEOOE OEEEOO OEOEOE OEOEEO OEEOEO".split(" ");

/** Draws an EAN-13 of 13 digits. @see GS1 General Specifications, section 5.2 */
export function ean13(digits: string): Modules {
  const numbers = digits.split("").map(Number);
  const parity = PARITY[numbers[0]!]!;
  const left = numbers.slice(1, 7).map((digit, i) => (parity[i] === "O" ? LEFT : EVEN)[digit]!);
  const right = numbers.slice(7).map((digit) => RIGHT[digit]!);
  const quiet = "0".repeat(11);
  return { rows: [`${quiet}101${left.join("")}01010${right.join("")}101${quiet}`], rowHeight: 60 };
}

/** Draws a QR code. */
export function qrCode(text: string): Modules {
  const { data } = encode(text, { ecc: "M", border: 4 });
  return { rows: data.map((row) => row.map((isDark) => (isDark ? "1" : "0")).join("")), rowHeight: 1 };
}
