import { existsSync } from "node:fs";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
];

/**
 * The Chromium of this machine: `CHROME_PATH`, else where Linux distributions put it.
 * @throws Error that says what to install.
 */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const found = [env["CHROME_PATH"], ...KNOWN].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error("No Chromium found. Debian: apt-get install chromium");
  return found;
}
