import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Finds a Chromium: `CHROME_PATH`, then the system's, then Debian's package, installed when we are root.
 * @throws Error that says in one line what to install.
 */
export function findBrowser(): string {
  const given = process.env["CHROME_PATH"];
  if (given) return given;
  const found = KNOWN.find((path) => existsSync(path));
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
    execFileSync("apt-get", ["update", "-q"], options);
    const lockWait = ["-o", "DPkg::Lock::Timeout=300"];
    execFileSync("apt-get", [...lockWait, "install", "-qy", "--no-install-recommends", "chromium"], options);
    const installed = KNOWN.find((path) => existsSync(path));
    if (installed) return installed;
  }
  throw new Error("No Chromium found. Install one (Debian: apt-get install chromium) or set CHROME_PATH.");
}
