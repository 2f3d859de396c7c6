import { chromeLauncher } from "@web/test-runner-chrome";
import type { BrowserLauncher } from "@web/test-runner-core";
import * as puppeteer from "puppeteer-core";
import { engineTitle, findEngine, howToInstall, type EngineName } from "../../scripts/engines.ts";
import { findBrowser } from "../../scripts/findBrowser.ts";
import { CHROMIUM_FLAGS } from "./chromium.ts";
import { FIREFOX_PREFS } from "./firefox.ts";
import { webkitLauncher } from "./webkitLauncher.ts";

const throughPuppeteer = (launchOptions: puppeteer.LaunchOptions): BrowserLauncher =>
  chromeLauncher({ puppeteer, launchOptions: { headless: true, ...launchOptions } });

/**
 * What starts an engine for the test runner.
 * @throws Error where the engine is not on this machine.
 */
export function engineLauncher(name: EngineName): BrowserLauncher {
  if (name === "chromium")
    return throughPuppeteer({ executablePath: findBrowser(), args: [...CHROMIUM_FLAGS] });
  const files = findEngine(name);
  if (!files) throw new Error(`No ${engineTitle(name)} found (${howToInstall(name)}).`);
  if (name === "webkit") return webkitLauncher();
  return throughPuppeteer({
    browser: "firefox",
    executablePath: files.browser,
    extraPrefsFirefox: { ...FIREFOX_PREFS },
  });
}
