export { CONTENT_CSS } from "@vitrine/browser";
export {
  createHandOffReader,
  type HandOffOptions,
  type HandOffReader,
  type PageRequest,
} from "./createHandOffReader.ts";
export { handOffElement, type HandOff } from "./handOff.ts";
