export { createVitrine } from "./createVitrine.ts";
export type { Proof, Vitrine, VitrineEvents } from "./client.ts";
export type { Config, ConsentWords } from "./config.ts";
export type { Stored } from "./outbox/outbox.ts";
export { CONTENT_CSS, type Exposure } from "./slots/index.ts";
export { verifyRuleset, type RulesCheck } from "./personal/verifyRuleset.ts";
export type { Platform } from "./platform.ts";
