/** What the mirror and the shopper's phone share of comparing two looks. */
export { MAX_FRAMES } from "./compareTimes.ts";
export type { HandedArticle, LookDetails } from "./lookDetails.ts";
export { encodePicture, sizeFor, type Reader } from "./reader.ts";
export { usePainted, type Painted, type PicturePair } from "./usePainted.ts";
