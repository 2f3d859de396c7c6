import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findElectronForTests } from "../../../scripts/findElectron.ts";

const APP = fileURLToPath(new URL("../../../kiosk", import.meta.url));

/**
 * Lays the mirror's app beside an Electron, as an installation does, and gives the path of its program.
 * @param name of the program. Electron takes an app for packaged when this is not `electron`.
 */
export function installElectron(t: { after: (end: () => void) => void }, name: string): string {
  const electron = findElectronForTests()!;
  const home = mkdtempSync(join(tmpdir(), "vitrine-electron-"));
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  for (const file of readdirSync(dirname(electron)))
    if (file !== "electron" && file !== "resources")
      symlinkSync(join(dirname(electron), file), join(home, file));
  mkdirSync(join(home, "resources"));
  symlinkSync(APP, join(home, "resources", "app"));
  const program = join(home, name);
  // A link would lead Electron to the folder it came from; it must stand here under its own name.
  try {
    linkSync(electron, program);
  } catch {
    copyFileSync(electron, program);
  }
  return program;
}
