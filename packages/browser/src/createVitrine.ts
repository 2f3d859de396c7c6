import { startVitrine, type Vitrine } from "./client.ts";
import type { Config } from "./config.ts";

/**
 * Starts the SDK in this page; a second call gives the first one's, since two would count everything twice.
 * Profile, rules, slots and push come in a chunk of their own, and so does what few rules need (prefill, surveys, stock …); bundlers
 * split them off at the imports.
 */
export function createVitrine(config: Config): Vitrine {
  return startVitrine(config, async () => {
    const { createPersonal } = await import("./personal/index.ts");
    return (engine) => createPersonal(engine, async () => (await import("./actions/index.ts")).createActions);
  });
}
