export { createVitrine, type Vitrine } from "./createVitrine.ts";
export { createHttpServer } from "./http/createHttpServer.ts";
export { LIMITS, type Limits, type ProofKey, type VitrineOptions } from "./options.ts";
export type { KeyInfo, Scope } from "./keys.ts";
