import { readFileSync } from "node:fs";
import { addToRanges, type Ranges, type Writer } from "@vitrine/core";
import { replaceFile } from "../replaceFile.ts";

/** Why events were dropped: no room on the disk, torn or altered on it, never got onto it. */
export type DropReason = "no_space" | "damaged" | "other";

/** Events of one writer that this kiosk dropped. */
export interface Drops {
  writer: string;
  seqs: Ranges;
  reason: DropReason;
}

/** What the server must be told when events are gone: by writer, how far each got, and which were dropped. */
export interface Account {
  /** Writers that are gone from the folder, and the last `seq` of each. */
  writers(): readonly { id: string; last: number }[];
  drops(): readonly Drops[];
  /** Notes durably that these leave the folder, acknowledged or dropped; to be called before they do. */
  leave(writers: readonly Writer[], reason?: DropReason): void;
  /** The server knows these; what was added to a report since stays. */
  told(drops: readonly Drops[], writers: readonly string[]): void;
}

/** Opens the account. One that cannot be read is begun anew: events are not lost by it, only the word of their number. */
export function openAccount(file: string): Account {
  const { last, dropped } = readAccount(file);
  let drops: readonly Drops[] = dropped;
  const save = () => replaceFile(file, JSON.stringify({ writers: Object.fromEntries(last), drops }));
  return {
    writers: () => [...last].map(([id, seq]) => ({ id, last: seq })),
    drops: () => drops,
    leave(writers, reason) {
      for (const { id, seq } of writers) {
        last.set(id, Math.max(last.get(id) ?? 0, seq));
        if (reason) drops = withDrop(drops, { id, seq }, reason);
      }
      save();
    },
    told(known, finished) {
      if (known.length === 0 && finished.length === 0) return;
      drops = drops.filter((one) => !known.includes(one));
      for (const id of finished) last.delete(id);
      save();
    },
  };
}

/** A report that grows is another object: the server knows only what it was told. */
function withDrop(drops: readonly Drops[], { id, seq }: Writer, reason: DropReason): Drops[] {
  const known = drops.find((one) => one.writer === id && one.reason === reason);
  const seqs = [...(known?.seqs ?? [])];
  addToRanges(seqs, seq);
  return [...drops.filter((one) => one !== known), { writer: id, seqs, reason }];
}

function readAccount(file: string): { last: Map<string, number>; dropped: Drops[] } {
  try {
    const { writers, drops } = JSON.parse(readFileSync(file, "utf8")) as {
      writers: Record<string, number>;
      drops: Drops[];
    };
    return { last: new Map(Object.entries(writers)), dropped: [...drops] };
  } catch {
    return { last: new Map(), dropped: [] };
  }
}
