import { existsSync } from "node:fs";
import { join } from "node:path";

/** @throws Error that says what to do, when there is no page to show. */
export function requirePage(folder: string): void {
  if (!existsSync(join(folder, "index.html")))
    throw new Error(
      `There is no mirror in ${folder}. Build it (npm run build), or name its folder by --page.`,
    );
}
