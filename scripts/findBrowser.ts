import { findEngine, howToInstall, installEngines } from "./engines.ts";

/**
 * Finds a Chromium: `CHROME_PATH`, then the system's, then Debian's package, installed when we are root.
 * @throws Error that says in one line what to install.
 */
export function findBrowser(): string {
  let found = findEngine("chromium");
  if (!found) {
    installEngines(["chromium"]);
    found = findEngine("chromium");
  }
  if (!found) throw new Error(`No Chromium found (${howToInstall("chromium")}).`);
  return found.browser;
}
