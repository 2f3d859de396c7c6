/** One measured number, with what it is measured against. */
export interface Figure {
  /** What was measured, as the table says it. */
  what: string;
  value: number;
  unit: string;
  /** A peer or a control that did the same work in the same run, in the same unit. */
  beside?: { what: string; value: number };
  /** The promise this figure is held to, in words, and whether it was kept. */
  budget?: { text: string; isKept: boolean };
  /** The single rounds behind a median, in their order. */
  rounds?: number[];
}

/** How much to run. */
export interface Effort {
  /** Fewer rounds and smaller sizes: to see that a change works, not to quote. */
  isQuick: boolean;
  /** Frames of a workload that counts in frames, where somebody asked for another number than its own. */
  frames?: number | undefined;
  /** Time after which it ends with fewer. */
  minutes?: number | undefined;
  /** Folder for everything a workload writes; gone after the run. */
  folder: string;
  /** Says what is going on. */
  note: (text: string) => void;
}

/** A workload: named, with its sizes as constants beside it, bounded in time. */
export interface Workload {
  name: string;
  /** One line for the table: what is compared with what. */
  about: string;
  /** Takes so long that it only runs where it is named. */
  isLong?: true;
  run: (effort: Effort) => Promise<Figure[]>;
}
