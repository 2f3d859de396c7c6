import { execFileSync } from "node:child_process";
import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { cpus, loadavg, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { findBrowser } from "../../scripts/findBrowser.ts";
import { formatNumber } from "./formatTable.ts";
import { packageVersion } from "./packageFile.ts";
import { median } from "./statistics.ts";

/** Where and with what the figures were measured. */
export interface Machine {
  date: string;
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  /** Processes that wanted to run, over the last minute, when the run began: above `cores` the machine was busy. */
  load: number;
  /** Median of appending 4 kB and fdatasync, ms: what one durable commit costs at least. */
  flushMs: number;
  versions: Record<string, string>;
}

const FLUSHES = 50;
const VERSIONS = ["@segment/analytics-next", "@growthbook/growthbook", "puppeteer-core"];

/** Describes this machine; `folder` is where its disk is tried. */
export function describeMachine(folder: string): Machine {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    cpu: processors[0]?.model ?? "unknown",
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()}`,
    load: loadavg()[0]!,
    flushMs: timeFlush(folder),
    versions: {
      node: process.version,
      browser: execFileSync(findBrowser(), ["--version"]).toString().trim(),
      ...Object.fromEntries(VERSIONS.map((name) => [name, packageVersion(name)])),
    },
  };
}

/** One line above the table. */
export function machineLine({ cpu, cores, memoryGiB, system, load, flushMs, versions }: Machine): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}`,
    `load ${formatNumber(load)} at the start, a flush takes ${formatNumber(flushMs)} ms`,
    names.join(", "),
  ].join("\n");
}

function timeFlush(folder: string): number {
  const file = openSync(join(folder, "flush"), "a");
  const block = Buffer.alloc(4096, 1);
  const times = Array.from({ length: FLUSHES }, () => {
    const start = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  return median(times);
}
