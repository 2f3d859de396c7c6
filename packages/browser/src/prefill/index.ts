export { createPrefill, type Prefill, type Prefilled, type PrefillOptions } from "./createPrefill.ts";
