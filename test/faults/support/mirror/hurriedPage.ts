import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../../support/shopper.ts";
import type { Scope } from "../FaultRow.ts";

const BUILT = fileURLToPath(new URL("../../../../kiosk/dist/page", import.meta.url));

/** Waits that no fault depends on, as the bundle has them, and shorter. */
const HURRIED: [string, string][] = [
  ["countdownMs:3e3", "countdownMs:300"],
  ["takeMs:8e3", "takeMs:2e3"],
  ["goodbyeMs:4e3", "goodbyeMs:1500"],
];

/** What else is changed of the page, for controls. */
export interface PageChange {
  find: string;
  replace: string;
}

/**
 * A copy of the mirror's built page that lets nobody wait for a countdown or a goodbye; everything else is as it was built.
 * @param more changes; each must be found once
 * @param script runs before the page's own
 */
export async function copyHurriedPage(
  scope: Scope,
  more: readonly PageChange[] = [],
  script?: string,
): Promise<string> {
  const folder = await temporaryFolder("page");
  scope.after(folder.remove);
  cpSync(BUILT, folder.path, { recursive: true });
  const bundle = join(folder.path, "mirror.js");
  let code = readFileSync(bundle, "utf8");
  for (const [find, replace] of [...HURRIED, ...more.map(({ find, replace }) => [find, replace] as const)]) {
    if (code.split(find).length !== 2) throw new Error(`The bundle has not one of: ${find}`);
    code = code.replace(find, () => replace);
  }
  writeFileSync(bundle, script === undefined ? code : `${script}\n${code}`);
  return folder.path;
}
