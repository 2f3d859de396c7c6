import { readFile } from "node:fs/promises";
import type { Shop } from "./shop.ts";

const SCRIPT = "packages/browser/dist/bundle/vitrine.js";

/** Gives the shop's pages the built script with one text replaced, which must stand there exactly once. */
export async function patchBundle({ network }: Shop, find: string, replace: string): Promise<void> {
  const parts = (await readFile(SCRIPT, "utf8")).split(find);
  if (parts.length !== 2) throw new Error(`the script has ${parts.length - 1} of: ${find}`);
  network.files.set("/v/vitrine.js", parts.join(replace));
}
