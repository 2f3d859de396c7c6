import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** A folder with the tests' page, and the page's half of the shell as the build wrote it. */
export function pageFolder(t: { after: (end: () => void) => void }): string {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-page-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const page = fromRoot("test/mirror/support/page");
  for (const name of readdirSync(page)) copyFileSync(join(page, name), join(folder, name));
  mkdirSync(join(folder, "reach"));
  for (const name of ["shell.js", "guardPage.js", "allowedKey.js", "reach/glass.js"])
    copyFileSync(fromRoot(`kiosk/dist/${name}`), join(folder, name));
  return folder;
}
