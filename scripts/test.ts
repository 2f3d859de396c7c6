// Runs every check of the project: build, lint, format, API reports, then the tests in Node and in browsers.
import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { chooseEngines } from "./chooseEngines.ts";
import { findBrowser } from "./findBrowser.ts";

interface Count {
  passed: number;
  failed: number;
  skipped: number;
  failures?: string[];
  slowest?: { test: string; seconds: number }[];
}

const bin = (name: string) => `node_modules/.bin/${name}`;
const total: Count = { passed: 0, failed: 0, skipped: 0 };
/** What failed and why, said once more at the end: the log of a run is long, and often only its end is kept. */
const failures: string[] = [];

function run(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

/** A check that passes or fails as a whole, counted as one. */
function check(name: string, command: string, args: string[]): boolean {
  console.log(`\n— ${name}`);
  const passed = run(command, args);
  total[passed ? "passed" : "failed"]++;
  if (!passed) failures.push(name);
  return passed;
}

function add(file: string): void {
  try {
    const count = JSON.parse(readFileSync(file, "utf8")) as Count;
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    failures.push(...(count.failures ?? []));
    for (const { test, seconds } of count.slowest ?? []) console.log(`  ${seconds} s: ${test}`);
  } catch {
    console.error(`${file} is missing: its test run did not finish.`);
    total.failed++;
    failures.push(`${file} is missing`);
  }
}

function nodeTests(name: string, pattern: string, concurrency: number, reporter = "dot"): void {
  console.log(`\n— ${name}`);
  const report = `coverage/${name.replaceAll(" ", "-")}.json`;
  const files = globSync(pattern);
  run(process.execPath, [
    "--test",
    "--test-timeout=300000",
    `--test-concurrency=${concurrency}`,
    `--test-reporter=${reporter}`,
    "--test-reporter-destination=stdout",
    "--test-reporter=./test/support/nodeCountReporter.js",
    `--test-reporter-destination=${report}`,
    ...files,
  ]);
  console.log("\nslowest:");
  add(report);
}

rmSync("coverage", { recursive: true, force: true });
mkdirSync("coverage", { recursive: true });
process.env["CHROME_PATH"] = findBrowser();
console.log("\n— engines");
const isAskedFor = process.env["ENGINES"] !== undefined;
const { running, missing } = chooseEngines();
process.env["ENGINES"] = running.join(",");
// An engine that was asked for by name must be there; one that could not be installed is left out aloud.
total[isAskedFor ? "failed" : "skipped"] += missing.length;

if (
  !check("types", bin("tsc"), ["-b"]) ||
  !check("bundles", bin("rollup"), ["-c", "--silent"]) ||
  !check("pose model", process.execPath, ["scripts/visionAssets.ts"])
)
  process.exit(1);
check("lint", bin("oxlint"), ["--type-aware", "--deny-warnings"]);
check("format", bin("oxfmt"), ["--check"]);
check("API reports", process.execPath, ["scripts/apiReports.ts"]);
nodeTests(
  "unit tests",
  "test/{core,server,console,browser,conformance,contract,docs,examples,vision,kiosk}/**/*.test.ts",
  2,
);
console.log("\n— browser tests");
if (!run(bin("wtr"), ["--config", "test/web-test-runner.config.js"])) process.exitCode = 1;
add("coverage/wtr.json");
nodeTests("end to end", "test/{e2e,preact,service-worker,inspector}/**/*.test.ts", 2);
// A camera, a model and an encoder need the machine for themselves.
nodeTests("mirror", "test/{mirror,bench}/**/*.test.ts", 1);
nodeTests("simulation", "test/faults/simulation/**/*.test.ts", 2);
// One at a time, since a row cuts and stops what it needs at moments of its own. Its counts are part of the result. The
// mirror's rows (E) take minutes of a camera's time: where it is asked for only.
const mirrorRows = process.env["MIRROR_FULL"] ? ",e[01]*" : "";
nodeTests("faults", `test/faults/{a*,c[01]*,checkDelivery,emptiedByBrowser${mirrorRows}}.test.ts`, 1, "spec");

if (failures.length > 0) console.log(`\n— failed\n${failures.join("\n\n")}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
if (total.failed > 0) process.exitCode = 1;
