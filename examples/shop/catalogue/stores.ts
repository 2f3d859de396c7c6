import { hash } from "./hash.ts";

/** The shop's two branches, by the ids its stock is told under. */
export const STORES = ["harbour", "old-town"] as const;

/** Units on the rail of a branch, the same on every start: fewer than on the web, and one size in four is out. */
export function unitsInStore(store: string, model: string, size: string): number {
  const roll = hash(`${store}/${model}/${size}`) % 100;
  return roll < 25 ? 0 : 1 + (roll % 4);
}
