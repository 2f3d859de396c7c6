import { addToRanges, type Ranges } from "@vitrine/core";
import type { Platform } from "./platform.ts";

/** Losses are gathered for so long before they are told in one event for each reason and page load. */
const GATHER_MS = 1000;

/** What was lost for one reason from one page load: the properties of `Events Dropped`. */
export interface Loss {
  reason: string;
  writer: string;
  count: number;
  seqs: Ranges;
}

/** Gathers losses, so that `created = acknowledged + still stored + reported as dropped` holds. */
export function createDropReport(
  { _later }: Platform,
  report: (loss: Loss) => void,
): { _lost: (reason: string, writer: string, seq: number) => void; _report: () => void } {
  const losses = new Map<string, Loss>();
  const tell = () => {
    for (const [key, loss] of losses) {
      losses.delete(key);
      report(loss);
    }
  };
  return {
    _report: tell,
    _lost: (reason, writer, seq) => {
      const key = reason + writer;
      if (!losses.size) _later(tell, GATHER_MS);
      const loss = losses.get(key) ?? { reason, writer, count: 0, seqs: [] };
      if (addToRanges(loss.seqs, seq)) loss.count++;
      losses.set(key, loss);
    },
  };
}
