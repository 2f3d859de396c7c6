import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const INSTALLED = "node_modules/electron/dist/electron";

/**
 * An Electron whose program is really there: `VITRINE_ELECTRON`, else the installed package's.
 * The package itself is not asked: being imported it would fetch its program, which may take minutes or fail.
 */
export function findElectron(): string | undefined {
  return [process.env["VITRINE_ELECTRON"], INSTALLED].find((path) => path !== undefined && existsSync(path));
}

/** The same, or an old one that was laid aside for tests and is good for nothing else. */
export function findElectronForTests(): string | undefined {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const old = join(cache, "vitrine-electron-25.1.1", "dist", "electron");
  return findElectron() ?? (existsSync(old) ? old : undefined);
}
