import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { TrialResult } from "../../test/faults/support/runRow.ts";

/** The trials that were done, kept in a file after each. */
export interface FaultReport {
  has: (row: string, trial: number) => boolean;
  add: (row: string, trial: number, result: TrialResult) => void;
  /** Results of the first `count` trials of a row. */
  results: (row: string, count: number) => TrialResult[];
}

/** Opens a report, or begins one. */
export function openReport(file: string): FaultReport {
  const rows: Record<string, Record<number, TrialResult>> = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as never)
    : {};
  mkdirSync(dirname(file), { recursive: true });
  return {
    has: (row, trial) => rows[row]?.[trial] !== undefined,
    add: (row, trial, result) => {
      (rows[row] ??= {})[trial] = result;
      // Whole or not at all: it may be stopped at any time.
      writeFileSync(`${file}.new`, JSON.stringify(rows));
      renameSync(`${file}.new`, file);
    },
    results: (row, count) =>
      Object.entries(rows[row] ?? {}).flatMap(([trial, result]) => (Number(trial) < count ? [result] : [])),
  };
}
