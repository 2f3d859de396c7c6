import type { Consent, EventResult } from "@vitrine/core";
import type { Emit } from "../emitter.ts";
import type { Platform } from "../platform.ts";
import type { State } from "../state.ts";
import { isQuotaError } from "./db.ts";
import type { Change, Kept, OutboxStore } from "./outboxStore.ts";
import { byAge, type Row } from "./row.ts";

/** Longest wait between a relaxed write and the strict one behind it. */
const BARRIER_MS = 250;

/** What became of an event that was handed in. */
export interface Stored {
  messageId?: string;
  /** `stored`: survives a crash and a power cut. `delivered`: the collector had it sooner than the disk. */
  status: "stored" | "delivered" | "dropped";
  /** Why it was dropped: a stable code. */
  reason?: string;
}

/**
 * Where the rows go and what the person allowed, kept with them: the service worker reads it when no page is left.
 * Being written with each batch of rows, it is also what makes a strict transaction one that writes.
 */
export interface Address {
  site: string;
  endpoint: string;
  /** The words as they were, for a shop whose configuration grants and has no record of a person's own. */
  words: Consent;
}

/** The durable list of events that are not acknowledged: memory first, a micro-batch behind it, a barrier behind that. */
export interface Outbox {
  /** Takes a row; its promise settles once, with what became of it. */
  _add: (row: Row) => Promise<Stored>;
  /** Takes over what is stored; `isBack`: after a failure, so what is missing there is put again. */
  _adopt: (kept: Kept, isBack?: boolean) => void;
  /** Takes over what another tab changed. Resolves to false when only a full read can tell. */
  _hear: (changes: Change[]) => boolean;
  /** Applies the collector's answer together with `changes`. Resolves with how many rows it named. */
  _settle: (batch: Row[], results: EventResult[], changes: Change[]) => Promise<number>;
  /** Drops rows for a reason, and reports it. */
  _drop: (rows: Row[], reason: string) => void;
  /** Makes everything durable now. */
  _barrier: () => Promise<void>;
  /** Forgets all rows of this page's memory. */
  _forgetRows: () => void;
}

/** What the outbox needs of the engine. */
export interface OutboxNeeds extends Platform, State, OutboxStore {
  _emit: Emit;
  /** Another row came that a fold may contain. */
  _note: (row: Row) => void;
  /** A row with a `seq` was lost. */
  _lost: (reason: string, writer: string, seq: number) => void;
  /** Rows went that a fold may contain. */
  _changed: () => void;
  /** True for an acknowledged row that the profile still needs. */
  _keepsTail: (row: Row) => boolean;
}

/** Creates the outbox. Nothing leaves it before its acknowledgement, and then by message id. */
export function createOutbox(engine: OutboxNeeds): Outbox {
  /** Not durable yet: waits in memory (0), is in a transaction (1), or was written relaxed (2). */
  const fragile = new Map<Row, 0 | 1 | 2>();
  const promises = new Map<string, (stored: Stored) => void>();
  /** On their way out of the store: a read begun before must not bring them back. */
  const leaving = new Set<string>();
  let barrierTimer: number | undefined;
  let isPlanned = false;
  /** The disk was full at the last write. */
  let isFull = false;
  /** What all rows take, in UTF-16 units. */
  let total = 0;

  const tell = ({ messageId }: Row, status: Stored["status"], detail: object = {}) => {
    promises.get(messageId)?.({ messageId, status, ...detail });
    promises.delete(messageId);
    engine._emit(status === "dropped" ? "drop" : status, { messageId, ...detail });
  };

  /** Takes a row out of memory, and out of the store with the next commit of `changes`. */
  const remove = (row: Row, changes: Change[], reason?: string) => {
    const { messageId, text } = row;
    fragile.delete(row);
    leaving.add(messageId);
    if (engine._rows.delete(messageId)) total -= text.length;
    changes.push(["outbox", messageId, undefined, reason]);
  };

  const commit = (changes: Change[]) =>
    engine
      ._commit(changes)
      // What goes makes room: it goes from a full disk too.
      .catch(() => engine._commit(changes.filter(([, , value]) => value === undefined)))
      // The rows come back, are sent once more and found to be duplicates.
      .catch(() => {})
      .then(() => leaving.clear());

  const waiting = () => [...fragile].flatMap(([row, state]) => (state ? [] : row));

  const write = async (rows: Row[], strict: boolean): Promise<void> => {
    const at = engine._now();
    const { site, endpoint } = engine._config;
    const address: Address = { site, endpoint, words: engine._consent };
    const changes: Change[] = [["kv", "address", address]];
    for (const row of rows) {
      fragile.set(row, 1);
      const { writer, seq, device } = row;
      const entry = { last: Math.max(seq, engine._writers[writer]?.last ?? 0), at, device };
      engine._writers[writer] = entry;
      changes.push(["outbox", row.messageId, row], ["kv", `w:${writer}`, entry]);
    }
    try {
      await engine._commit(changes, strict);
    } catch (error) {
      for (const row of rows) if (fragile.has(row)) fragile.set(row, 0);
      // Once: where room that was made is not given back, what waits is safer in memory.
      if (isQuotaError(error) && !isFull) {
        isFull = true;
        if (evict(total / 2, true)) plan();
      }
      return;
    }
    isFull = false;
    for (const row of rows) if (fragile.has(row)) fragile.set(row, 2);
    if (strict) {
      // Transactions run in order: what was committed by now is on disk with it; what was put again meanwhile is not.
      for (const [row, state] of fragile) {
        if (state < 2) continue;
        fragile.delete(row);
        tell(row, "stored");
      }
    } else barrierTimer ??= engine._later(() => void barrier(), BARRIER_MS);
  };

  const barrier = async () => {
    engine._cancel(barrierTimer);
    barrierTimer = undefined;
    if (fragile.size && engine._isUp()) await write(waiting(), true);
  };

  /** One transaction for all calls of a task, and one of their own for orders and consent. */
  const plan = () => {
    if (isPlanned || !engine._isUp()) return;
    isPlanned = true;
    queueMicrotask(() => {
      isPlanned = false;
      for (const isPrecious of [false, true]) {
        const rows = waiting().filter((row) => row.priority > 1 === isPrecious);
        if (rows[0]) void write(rows, isPrecious);
      }
    });
  };

  /**
   * Makes room: the tail first, since the collector has it, then pings, then the oldest; never orders or consent.
   * @param isOnDisk true: only what is stored takes the room that is wanted
   */
  const evict = (maxBytes: number, isOnDisk?: boolean): boolean => {
    const before = total;
    const changes: Change[] = [];
    for (const row of [...engine._tail.values()].sort(byAge)) {
      if (total <= maxBytes) break;
      engine._tail.delete(row.messageId);
      total -= row.text.length;
      changes.push(["tail", row.messageId]);
    }
    const rows = [...engine._rows.values()].filter(
      (row) => row.priority < 2 && !(isOnDisk && fragile.get(row)! < 2),
    );
    for (const row of rows.sort((a, b) => a.priority - b.priority || byAge(a, b))) {
      if (total <= maxBytes) break;
      drop(row, "no_space", changes);
    }
    void commit(changes);
    engine._changed();
    return total < before;
  };

  const drop = (row: Row, reason: string, changes: Change[]) => {
    remove(row, changes, reason);
    tell(row, "dropped", { reason });
    engine._lost(reason, row.writer, row.seq);
  };

  const judge = (row: Row, { status, reason = status, time = row.at }: EventResult, changes: Change[]) => {
    remove(row, changes, status === "rejected" ? reason : undefined);
    if (status === "rejected") return tell(row, "dropped", { reason }); // the collector keeps the account of these
    if (engine._keepsTail(row)) {
      const acknowledged = { ...row, time };
      delete acknowledged.device;
      engine._tail.set(row.messageId, acknowledged);
      total += row.text.length;
      changes.push(["tail", row.messageId, acknowledged]);
    }
    tell(row, "delivered", { time });
  };

  return {
    _barrier: barrier,
    _add: (row) => {
      engine._rows.set(row.messageId, row);
      fragile.set(row, 0);
      total += row.text.length;
      plan();
      const stored = new Promise<Stored>((resolve) => promises.set(row.messageId, resolve));
      // A tenth at a time: sorting for each call would cost it milliseconds.
      if (total > engine._maxBytes) evict(engine._maxBytes * 0.9);
      return stored;
    },
    _adopt: ({ _outbox, _tail, _kv }, isBack) => {
      const old = engine._rows;
      const rows = new Map<string, Row>();
      for (const row of _outbox) {
        const mine = old.get(row.messageId);
        const isMine = mine?.writer === row.writer && mine.seq === row.seq;
        if (!leaving.has(row.messageId)) rows.set(row.messageId, isMine ? mine : row);
        if (mine && !isMine) drop(mine, "duplicate_order", []); // another tab stored the same order first
      }
      const kept = new Set(_tail.map((row) => row.messageId));
      for (const row of old.values()) {
        if (rows.has(row.messageId)) continue;
        if (isBack && !kept.has(row.messageId)) fragile.set(row, 0);
        if (isBack || fragile.get(row)! < 2) rows.set(row.messageId, row);
        else {
          fragile.delete(row);
          tell(row, "delivered"); // another tab sent it
        }
      }
      engine._rows = rows;
      engine._tail = new Map(_tail.map((row) => [row.messageId, row]));
      total = [...rows.values(), ..._tail].reduce((sum, row) => sum + row.text.length, 0);
      for (const key in _kv) if (key.startsWith("w:")) engine._writers[key.slice(2)] = _kv[key] as never;
      plan();
    },
    _hear: (changes) => {
      for (const [store, key, value, reason] of changes) {
        const mine = engine._rows.get(key);
        if (store === "tail") {
          const row = value as Row | undefined;
          if (row) engine._tail.set(key, row);
          else engine._tail.delete(key);
          if (row && row.time !== row.at) engine._changed(); // the collector moved it
        }
        if (store !== "outbox") continue;
        if (mine) {
          // The same order, or what went of it was another page's row: the store knows who was first.
          if (value || fragile.get(mine)! < 2) return false;
          remove(mine, []);
          tell(mine, reason ? "dropped" : "delivered", { reason });
        } else if (value && !leaving.has(key)) {
          engine._rows.set(key, value as Row);
          total += (value as Row).text.length;
          engine._note(value as Row);
        }
      }
      return true;
    },
    _settle: async (batch, results, changes) => {
      let named = 0;
      for (const result of results) {
        const row = engine._rows.get(result.messageId);
        // Another tab's row of the same order may have come in the place of one that was sent: its number goes out, too.
        if (!row || !batch.includes(row)) continue;
        named++;
        judge(row, result, changes);
      }
      await commit(changes);
      return named;
    },
    _drop: (rows, reason) => {
      const changes: Change[] = [];
      for (const row of rows) drop(row, reason, changes);
      void commit(changes);
      engine._changed();
    },
    _forgetRows: () => {
      for (const row of engine._rows.values()) tell(row, "dropped", { reason: "consent" });
      engine._rows.clear();
      engine._tail.clear();
      engine._writers = {};
      fragile.clear();
      total = 0;
    },
  };
}
