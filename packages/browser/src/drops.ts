import type { Ranges } from "@vitrine/core";
import type { Draft } from "./capture.ts";
import type { Platform } from "./platform.ts";

/**
 * The first loss is told at once, since the browser may quit without a word; those of the time after it are gathered and
 * told in one event for each reason and page load.
 */
const GATHER_MS = 1000;

/** What was lost for one reason from one page load: the properties of `Events Dropped`. */
export interface Loss {
  reason: string;
  writer: string;
  count: number;
  seqs: Ranges;
}

/** The report of losses. */
export interface DropReport {
  _lost: (reason: string, writer: string, seq: number) => void;
  _reportLosses: () => void;
}

/** Gathers losses, so that `created = acknowledged + still stored + reported as dropped` holds. */
export function createDropReport(engine: Platform & { _capture: (draft: Draft) => unknown }): DropReport {
  let losses = new Map<string, { reason: string; writer: string; seqs: Set<number> }>();
  let timer: unknown;
  const report = () => {
    const told = losses;
    losses = new Map();
    timer = told.size && engine._later(report, GATHER_MS);
    for (const { reason, writer, seqs } of told.values()) {
      const properties: Loss = { reason, writer, count: seqs.size, seqs: toRanges(seqs) };
      engine._capture({ type: "track", event: "Events Dropped", properties });
    }
  };
  return {
    _reportLosses: report,
    _lost: (reason, writer, seq) => {
      const key = reason + writer;
      timer ||= engine._later(report);
      const { seqs } = losses.get(key) ?? { seqs: new Set() };
      losses.set(key, { reason, writer, seqs: seqs.add(seq) });
    },
  };
}

/** `1, 2, 3, 7` as `1, 3, 7, 7`. */
function toRanges(seqs: Set<number>): Ranges {
  const ranges: Ranges = [];
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    if (seq - 1 === ranges.at(-1)) ranges.pop();
    else ranges.push(seq);
    ranges.push(seq);
  }
  return ranges;
}
