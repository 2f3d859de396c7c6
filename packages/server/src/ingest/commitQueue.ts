import { HttpProblem, tryLater } from "../http/problem.ts";
import type { Database } from "../stores/database.ts";

/** Runs pieces of work together: one transaction and one flush for all that came meanwhile. */
export interface CommitQueue {
  /**
   * Queues synchronous work. Resolves after COMMIT returned, so what it did is durable.
   * @throws HttpProblem 503 when the queue is too long or the disk does not take it.
   */
  run<T>(work: () => T): Promise<T>;
  readonly length: number;
  /** False once the disk failed or the queue was closed. */
  readonly isOpen: boolean;
  /** Takes no more work, and resolves when nothing is waiting. */
  close(): Promise<void>;
}

interface Waiting {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** What the queue needs to know and whom it tells. */
export interface CommitHooks {
  maxLength: number;
  /** After the work, inside the transaction. */
  beforeCommit(): void;
  /** After COMMIT, before anyone is answered. */
  onCommit(requests: number, ms: number): void;
  /** What the work did in memory must be forgotten. */
  onRollback(): void;
  onFatal(error: Error): void;
}

/** Creates the queue. */
export function createCommitQueue(database: Database, hooks: CommitHooks): CommitQueue {
  let waiting: Waiting[] = [];
  let idle: (() => void)[] = [];
  let isOpen = true;

  const turn = () => {
    const group = waiting;
    waiting = [];
    const startedMs = performance.now();
    const error = attempt(group);
    if (error === undefined) hooks.onCommit(group.length, performance.now() - startedMs);
    else if (isDiskError(error)) refuse(group, error as Error);
    // One piece of work is at fault: each gets a transaction of its own, so that it fails alone.
    else if (group.length > 1) for (const one of group) settle(one);
    else group[0]!.reject(error);
    if (waiting.length === 0) for (const done of idle.splice(0)) done();
  };

  const settle = (one: Waiting) => {
    const startedMs = performance.now();
    const error = attempt([one]);
    if (error === undefined) hooks.onCommit(1, performance.now() - startedMs);
    else if (isDiskError(error)) refuse([one], error as Error);
    else one.reject(error);
  };

  /** @returns what went wrong; nobody was answered then. */
  const attempt = (group: Waiting[]): unknown => {
    const results: unknown[] = [];
    try {
      database.transaction(() => {
        for (const { work } of group) results.push(work());
        hooks.beforeCommit();
      });
    } catch (error) {
      hooks.onRollback();
      return error ?? new Error("unknown");
    }
    for (const [i, { resolve }] of group.entries()) resolve(results[i] as never);
    return undefined;
  };

  const refuse = (group: Waiting[], error: Error) => {
    const problem = tryLater(
      503,
      "storage",
      "The server cannot store anything now. Keep the events and try again.",
      10,
    );
    for (const { reject } of group) reject(problem);
    if (!isFatal(error)) return;
    isOpen = false;
    hooks.onFatal(error);
  };

  return {
    get length() {
      return waiting.length;
    },
    get isOpen() {
      return isOpen;
    },
    run(work) {
      if (!isOpen)
        return Promise.reject(tryLater(503, "storage", "The server is restarting. Try again.", 10));
      if (waiting.length >= hooks.maxLength) {
        return Promise.reject(tryLater(503, "overloaded", "Too many requests are waiting. Try again.", 2));
      }
      if (waiting.length === 0) setImmediate(turn);
      return new Promise((resolve, reject) => waiting.push({ work, resolve, reject }));
    },
    close() {
      isOpen = false;
      return waiting.length === 0 ? Promise.resolve() : new Promise((done) => idle.push(done));
    },
  };
}

/** SQLite result codes, https://www.sqlite.org/rescode.html: READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const DISK_CODES = new Set([8, 10, 11, 13, 14, 26]);

/** After these nobody knows what is on the disk: a flush that failed may have dropped pages (fsyncgate). */
const FATAL_CODES = new Set([10, 11, 26]);

const primaryCode = (error: unknown): number =>
  error instanceof HttpProblem ? 0 : ((error as { errcode?: number }).errcode ?? 0) & 0xff;

const isDiskError = (error: unknown): boolean => DISK_CODES.has(primaryCode(error));
const isFatal = (error: unknown): boolean => FATAL_CODES.has(primaryCode(error));
