import { startVitrine, type Vitrine } from "./client.ts";
import type { Config } from "./config.ts";

/**
 * Starts the SDK in this page; a second call gives the first one's, since two would count everything twice.
 * Profile, rules, slots and prefill come in a chunk of their own, which bundlers split off at the import.
 */
export function createVitrine(config: Config): Vitrine {
  return startVitrine(config, async () => (await import("./personal/index.ts")).createPersonal);
}
