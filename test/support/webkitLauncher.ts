import type { BrowserLauncher } from "@web/test-runner-core";
import type { WebDriver } from "./webDriver.ts";
import { launchWebKit } from "./webkit.ts";

/** Runs the test runner's sessions in WebKitGTK, one after the other in one window, so that it is always visible. */
export function webkitLauncher(): BrowserLauncher {
  let browser: Promise<WebDriver> | undefined;
  let active: string | undefined;
  return {
    name: "WebKitGTK",
    type: "webkitgtk",
    concurrency: 1,
    startSession: async (id, url) => {
      browser ??= launchWebKit();
      const { goto } = await browser;
      active = id;
      await goto(url);
    },
    isActive: (id) => active === id,
    getBrowserUrl: async () => (await browser)?.url(),
    stopSession: async () => {
      active = undefined;
      await (await browser)?.goto("about:blank");
      return {};
    },
    startDebugSession: () => Promise.reject(new Error("WebKitGTK has no debug mode here.")),
    stop: async () => {
      const open = browser;
      browser = undefined;
      await (await open?.catch(() => undefined))?.close();
    },
  };
}
