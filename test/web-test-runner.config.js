// Tests in a page (test/{browser,conformance}/**/*.wtr.ts) in real Chromium; sources are TypeScript, served as they stand.
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { chromeLauncher } from "@web/test-runner-chrome";
import puppeteer from "puppeteer-core";
import { findBrowser } from "../scripts/findBrowser.ts";
import { countingReporter } from "./support/countingReporter.js";
import { CHROMIUM_FLAGS } from "./support/chromium.ts";

export default {
  rootDir: new URL("..", import.meta.url).pathname,
  files: ["browser", "conformance"].map(
    (folder) => new URL(`${folder}/**/*.wtr.ts`, import.meta.url).pathname,
  ),
  nodeResolve: true,
  // A page in the background paints no frames, and slots wait to be seen.
  concurrency: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 60_000 } },
  plugins: [esbuildPlugin({ ts: true, target: "es2022" })],
  browsers: [
    chromeLauncher({
      puppeteer,
      launchOptions: { executablePath: findBrowser(), headless: true, args: [...CHROMIUM_FLAGS] },
    }),
  ],
  reporters: [defaultReporter(), countingReporter()],
};
