/** How files begin that a mirror could send unsealed by mistake. */
const BEGINNINGS: readonly (readonly [at: number, hex: string])[] = [
  [0, "1a45dfa3"], // WebM
  [4, "66747970"], // MP4
  [0, "ffd8ffe0"], // JPEG
  [0, "ffd8ffe1"],
  [0, "ffd8ffdb"],
  [0, "89504e47"], // PNG
  [0, "52494646"], // WebP, AVI, WAV
  [0, "4f676753"], // Ogg
];

/** Bytes of a beginning that are looked at. */
export const BEGINNING_BYTES = 8;

/**
 * True for the beginning of a picture or film: this server keeps sealed ones only. Four bytes each, so that sealed
 * bytes, which look like chance, are taken for one at most once in 500 million.
 */
export function looksReadable(beginning: Buffer): boolean {
  return BEGINNINGS.some(([at, hex]) => beginning.subarray(at, at + 4).equals(Buffer.from(hex, "hex")));
}
