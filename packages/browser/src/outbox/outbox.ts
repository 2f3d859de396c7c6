import type { EventResult } from "@vitrine/core";
import type { Emit } from "../emitter.ts";
import type { Platform } from "../platform.ts";
import { isQuotaError } from "./db.ts";
import type { Change, Kept, OutboxStore } from "./outboxStore.ts";
import { byAge, type Row } from "./row.ts";

/** Longest wait between a relaxed write and the strict one behind it. */
const BARRIER_MS = 250;

/** What became of an event that was handed in. */
export interface Stored {
  messageId?: string;
  /** `stored`: survives a crash and a power cut. `delivered`: the collector has it, sooner than the disk. */
  status: "stored" | "delivered" | "dropped";
  /** Why it was dropped: a stable code. */
  reason?: string;
}

/** Last stored `seq` of a page load, kept until the collector was told that it is finished. */
export interface WriterEntry {
  last: number;
  at: number;
  device?: string;
}

/** The durable list of events that are not acknowledged, and the tail of those no snapshot contains yet. */
export interface Outbox {
  /** Unacknowledged and acknowledged rows by message id, oldest first. */
  _rows: Map<string, Row>;
  _tail: Map<string, Row>;
  _writers: Record<string, WriterEntry>;
  /** Takes a row; its promise settles once, with what became of it. */
  _add: (row: Row) => Promise<Stored>;
  /** Takes what the store holds; `isBack`: after a failure, so what is missing there is put again. */
  _adopt: (kept: Kept, isBack?: boolean) => void;
  /** Applies the collector's answer, in one transaction with `changes`. Resolves with how many rows it named. */
  _settle: (
    batch: Row[],
    results: EventResult[],
    keepsTail: (row: Row) => boolean,
    changes: Change[],
  ) => Promise<number>;
  /** Drops rows for a reason, with a report. */
  _drop: (rows: Row[], reason: string) => void;
  /** Makes everything durable now. */
  _barrier: () => Promise<void>;
  /** Forgets all rows in memory: refusal. */
  _clear: () => void;
}

/** What the outbox tells and is told. */
export interface OutboxOptions {
  _platform: Platform;
  _store: OutboxStore;
  _emit: Emit;
  _maxBytes: () => number;
  /** Rows came or went other than by `_add`. */
  _onChange: () => void;
  /** Something was committed that other tabs should read. */
  _onCommit: () => void;
  _onDrop: (row: Row, reason: string) => void;
}

/** Creates the outbox: memory first, a micro-batch to the store in the same task, a strict barrier behind it. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { _platform, _store, _emit, _onChange, _onCommit, _onDrop } = options;
  /** Not durable yet: waits in memory, is in a transaction, or was written relaxed. */
  const fragile = new Map<Row, "waiting" | "writing" | "soft">();
  const settlers = new Map<string, (stored: Stored) => void>();
  let barrierTimer: number | undefined;
  let isPlanned = false;
  let total = 0;

  const settle = ({ messageId }: Row, status: Stored["status"], reason?: string) => {
    settlers.get(messageId)?.({ messageId, status, ...(reason ? { reason } : {}) });
    settlers.delete(messageId);
    if (!reason) _emit(status, { messageId });
  };

  const remove = (row: Row, from: Map<string, Row> = outbox._rows) => {
    fragile.delete(row);
    if (from.delete(row.messageId)) total -= row.bytes;
  };

  const waiting = () => [...fragile].flatMap(([row, state]) => (state === "waiting" ? row : []));

  const write = async (rows: Row[], strict: boolean): Promise<void> => {
    const soft = strict ? [...fragile.keys()].filter((row) => fragile.get(row) !== "waiting") : [];
    const at = _platform._now();
    const changes: Change[] = [["kv", "barrier", at]];
    for (const row of rows) {
      fragile.set(row, "writing");
      const { writer, seq, device } = row;
      const last = Math.max(seq, outbox._writers[writer]?.last ?? 0);
      outbox._writers[writer] = { last, at, ...(device ? { device } : {}) };
      changes.push(["outbox", row.messageId, row], ["kv", `w:${writer}`, outbox._writers[writer]]);
    }
    try {
      await _store._commit(changes, strict);
    } catch (error) {
      for (const row of rows) if (fragile.has(row)) fragile.set(row, "waiting");
      if (isQuotaError(error) && evict(total / 2)) plan();
      return;
    }
    for (const row of strict ? [...soft, ...rows] : rows) {
      // Transactions run in order: what was in one before the strict one is on disk with it, unless it failed.
      if (!fragile.has(row) || fragile.get(row) === "waiting") continue;
      if (strict) {
        fragile.delete(row);
        settle(row, "stored");
      } else {
        fragile.set(row, "soft");
        barrierTimer ??= _platform._later(() => void barrier(), BARRIER_MS);
      }
    }
    _onCommit();
  };

  const barrier = async () => {
    _platform._cancel(barrierTimer);
    barrierTimer = undefined;
    if (fragile.size && _store._isUp()) await write(waiting(), true);
  };

  /** One transaction for all calls of a task, and one of their own for orders and consent. */
  const plan = () => {
    if (isPlanned || !_store._isUp()) return;
    isPlanned = true;
    queueMicrotask(() => {
      isPlanned = false;
      const rows = waiting();
      const [usual, precious] = [
        rows.filter((row) => row.priority < 2),
        rows.filter((row) => row.priority > 1),
      ];
      if (usual[0]) void write(usual, false);
      if (precious[0]) void write(precious, true);
    });
  };

  /** Makes room: the tail first (the collector has it), then pings, then the oldest; never orders or consent. */
  const evict = (maxBytes: number): boolean => {
    const before = total;
    const gone: Row[] = [];
    for (const row of [...outbox._tail.values()].sort(byAge)) {
      if (total <= maxBytes) break;
      remove(row, outbox._tail);
      gone.push(row);
    }
    const rows = [...outbox._rows.values()].filter((row) => row.priority < 2);
    const victims: Row[] = [];
    let left = total;
    for (const row of rows.sort((a, b) => a.priority - b.priority || byAge(a, b))) {
      if (left <= maxBytes) break;
      left -= row.bytes;
      victims.push(row);
    }
    drop(
      victims,
      "no_space",
      gone.map((row) => ["tail", row.messageId]),
    );
    return total < before;
  };

  const drop = (rows: Row[], reason: string, changes: Change[] = []) => {
    for (const row of rows) {
      remove(row);
      changes.push(["outbox", row.messageId]);
      settle(row, "dropped", reason);
      _onDrop(row, reason);
    }
    if (changes[0]) _store._commit(changes).catch(() => {}); // they come back and are dropped again
    if (changes[0]) _onChange();
  };

  const outbox: Outbox = {
    _rows: new Map(),
    _tail: new Map(),
    _writers: {},
    _barrier: barrier,
    _drop: drop,
    _add: (row) => {
      outbox._rows.set(row.messageId, row);
      fragile.set(row, "waiting");
      total += row.bytes;
      plan();
      const stored = new Promise<Stored>((resolve) => settlers.set(row.messageId, resolve));
      if (total > options._maxBytes()) evict(options._maxBytes());
      return stored;
    },
    _adopt: ({ _outbox, _tail, _kv }, isBack) => {
      const kept = new Set([..._outbox, ..._tail].map((row) => row.messageId));
      const missing = [...outbox._rows.values()].filter((row) => !kept.has(row.messageId));
      const stays = missing.filter((row) => isBack || (fragile.has(row) && fragile.get(row) !== "soft"));
      outbox._rows = new Map(
        [..._outbox.map((row) => outbox._rows.get(row.messageId) ?? row), ...stays].map(byId),
      );
      for (const row of missing) {
        if (isBack) fragile.set(row, "waiting");
        else if (!outbox._rows.has(row.messageId)) {
          fragile.delete(row);
          settle(row, "delivered"); // another tab sent it
        }
      }
      outbox._tail = new Map(_tail.map(byId));
      total = [...outbox._rows.values(), ..._tail].reduce((sum, row) => sum + row.bytes, 0);
      for (const [key, entry] of Object.entries(_kv)) {
        if (key.startsWith("w:")) outbox._writers[key.slice(2)] = entry as WriterEntry;
      }
      plan();
    },
    _settle: async (batch, results, keepsTail, changes) => {
      const byMessage = new Map(results.map((result) => [result.messageId, result]));
      let named = 0;
      for (const row of batch) {
        const result = byMessage.get(row.messageId);
        if (!result || !outbox._rows.has(row.messageId)) continue;
        named++;
        remove(row);
        changes.push(["outbox", row.messageId]);
        if (result.status === "rejected") {
          settle(row, "dropped", result.reason ?? "rejected");
          _emit("drop", { messageId: row.messageId, reason: result.reason });
          continue;
        }
        if (keepsTail(row)) {
          const { device: _, ...rest } = row;
          const acked = { ...rest, time: result.time ?? row.at };
          outbox._tail.set(row.messageId, acked);
          total += row.bytes;
          changes.push(["tail", row.messageId, acked]);
        }
        settlers.get(row.messageId)?.({ messageId: row.messageId, status: "delivered" });
        settlers.delete(row.messageId);
        _emit("delivered", { messageId: row.messageId, time: result.time });
      }
      // When this fails the rows are sent once more and found to be duplicates.
      await _store._commit(changes).then(_onCommit, () => {});
      return named;
    },
    _clear: () => {
      for (const row of outbox._rows.values()) settle(row, "dropped", "consent");
      outbox._rows.clear();
      outbox._tail.clear();
      outbox._writers = {};
      fragile.clear();
      total = 0;
    },
  };
  return outbox;
}

const byId = (row: Row): [string, Row] => [row.messageId, row];
