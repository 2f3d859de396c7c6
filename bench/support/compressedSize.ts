import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Bytes of a script as it is, and as servers send it. */
export interface Size {
  minified: number;
  /** Level 9. */
  gzip: number;
  /** Quality 11. */
  brotli: number;
}

/** Weighs a script. */
export function compressedSize(code: Buffer): Size {
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: code.length };
  return {
    minified: code.length,
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code, { params: quality }).length,
  };
}
