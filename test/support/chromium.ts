import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, type Browser, type LaunchOptions } from "puppeteer-core";
import { findBrowser } from "../../scripts/findBrowser.ts";

/** Chromium as tests run it: headless, as root too, and with no way out of this machine. */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
];

/** A browser with a profile folder of its own; pass `userDataDir` to keep one over restarts. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const own = options.userDataDir === undefined;
  const userDataDir = options.userDataDir ?? (await mkdtemp(join(tmpdir(), "vitrine-chromium-")));
  const browser = await launch({
    executablePath: findBrowser(),
    headless: true,
    ...options,
    userDataDir,
    args: [...CHROMIUM_FLAGS, ...(options.args ?? [])],
  });
  if (own)
    browser.once(
      "disconnected",
      () => void rm(userDataDir, { recursive: true, force: true, maxRetries: 5 }).catch(() => {}),
    );
  return browser;
}
