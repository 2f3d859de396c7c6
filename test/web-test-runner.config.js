// Tests in a page (test/{browser,conformance,openfeature,service-worker}/**/*.wtr.ts) in the engines of ENGINES, or in those that are here; sources
// are TypeScript, served as they stand.
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { wantedEngines } from "../scripts/engines.ts";
import { conditionCases } from "./support/conditionCases.ts";
import { countingReporter } from "./support/countingReporter.js";
import { engineLauncher } from "./support/engineLauncher.ts";

export default {
  rootDir: new URL("..", import.meta.url).pathname,
  files: ["browser", "conformance", "openfeature", "service-worker"].map(
    (folder) => new URL(`${folder}/**/*.wtr.ts`, import.meta.url).pathname,
  ),
  nodeResolve: true,
  // A page in the background paints no frames, and slots wait to be seen; two engines at a time starve each other.
  concurrency: 1,
  concurrentBrowsers: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 60_000 } },
  plugins: [conditionCases(), esbuildPlugin({ ts: true, target: "es2022" })],
  browsers: wantedEngines().map(engineLauncher),
  reporters: [defaultReporter(), countingReporter()],
};
