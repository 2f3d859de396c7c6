import { launch, type Browser } from "puppeteer-core";
import { findEngine, howToInstall, type EngineName } from "../../scripts/engines.ts";
import { launchChromium } from "./chromium.ts";
import { FIREFOX_PREFS } from "./firefox.ts";
import type { WebDriver } from "./webDriver.ts";
import { launchWebKit } from "./webkit.ts";

/** A page in a browser of its own, of any engine: what a test across engines needs of it. */
export interface EnginePage extends Pick<WebDriver, "goto" | "evaluate" | "close"> {
  /** Waits until something is true in the page, over loads of other pages. */
  until: <A extends unknown[]>(what: string, isTrue: (...args: A) => unknown, ...args: A) => Promise<void>;
}

/** How long a condition may take on a busy machine. */
const UNTIL_TIMEOUT_MS = 60_000;

async function throughPuppeteer(launching: Promise<Browser>): Promise<Omit<EnginePage, "until">> {
  const browser = await launching;
  const page = await browser.newPage();
  return {
    goto: async (url) => void (await page.goto(url)),
    evaluate: (run, ...args) => page.evaluate(run as never, ...args),
    close: () => browser.close(),
  };
}

function openIn(engine: EngineName): Promise<Omit<EnginePage, "until">> {
  if (engine === "webkit") return launchWebKit();
  if (engine === "chromium")
    return throughPuppeteer(launchChromium({ ignoreDefaultArgs: ["--disable-back-forward-cache"] }));
  const executablePath = findEngine("firefox")?.browser;
  if (!executablePath) throw new Error(`No Firefox found (${howToInstall("firefox")}).`);
  return throughPuppeteer(
    launch({ browser: "firefox", executablePath, headless: true, extraPrefsFirefox: { ...FIREFOX_PREFS } }),
  );
}

/** Opens an engine with its back/forward cache on. */
export async function openEnginePage(engine: EngineName): Promise<EnginePage> {
  const page = await openIn(engine);
  return {
    ...page,
    until: async (what, isTrue, ...args) => {
      let last: unknown;
      for (const end = Date.now() + UNTIL_TIMEOUT_MS; Date.now() < end;) {
        // The page may be replaced while it is asked.
        last = await page.evaluate(isTrue, ...args).catch((error: unknown) => error);
        if (last && !(last instanceof Error)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`never: ${what}`, { cause: last });
    },
  };
}
