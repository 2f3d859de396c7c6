import type { Emit } from "./emitter.ts";

/** Logs one line for each thing that happens, with its reason; for `data-vitrine-debug`. */
export const debugLog: Emit = (name, detail) => console.debug("vitrine:", name, detail ?? "");
