import type { Browser } from "puppeteer-core";
import { launchChromium } from "../../test/support/chromium.ts";

/** Pages that are not in front must run as fast as the one that is. */
const STEADY = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];

/** Chromium with a fresh profile, or with the one in `userDataDir`. */
export function openBrowser(userDataDir?: string): Promise<Browser> {
  return launchChromium({ args: STEADY, ...(userDataDir !== undefined && { userDataDir }) });
}
