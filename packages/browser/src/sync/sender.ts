import type { EventResult, FinishedWriter } from "@vitrine/core";
import type { Target } from "../config.ts";
import type { Emit } from "../emitter.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Change, OutboxStore } from "../outbox/outboxStore.ts";
import type { Row } from "../outbox/row.ts";
import type { Platform } from "../platform.ts";
import type { State } from "../state.ts";
import { composeBody, takeRows } from "./composeBatch.ts";
import { holdLock } from "./lock.ts";
import { readAnswer } from "./readAnswer.ts";
import { retryDelay } from "./retryDelay.ts";

/** Wait for more events before they leave together. */
const GATHER_MS = 500;

/** A tab that leads no sending looks after its own events when nobody did for so long. */
const STAND_IN_MS = 5000;

/** A request without an answer for so long is given up; the lease lasts no longer. */
const REQUEST_MS = 15_000;

/** Longest wait that is believed when the clock went back. */
const MAX_WAIT_MS = 4_000_000;

/** Age at which a page load without Web Locks counts as finished. */
const ABANDONED_MS = 86_400_000;

/**
 * Who sends until when, and when the next attempt may be made. Stored, so that a page view does not start over
 * against a collector that asked for quiet. Times in ms since 1970.
 */
export interface Lease {
  by: string;
  until: number;
  tries: number;
  /** Retry-After: nobody sends before. */
  floor: number;
  /** The next attempt, unless something speaks for an earlier one. */
  next: number;
}

/** The sender of this tab. */
export interface Sender {
  _lead: () => void;
  /** Lets another tab lead, when one waits. */
  _yield: () => void;
  /** Gives up lock and lease, and lets the events of this page go with a request that outlives it. */
  _leave: () => void;
  _soon: (delayMs?: number) => void;
  /** Sends all it may, now. */
  _flush: () => Promise<void>;
  /** Ends the request in flight: nothing leaves any more. */
  _abort: () => void;
}

/** What the sender works on. */
export interface SenderOptions {
  _target: Target;
  _platform: Platform;
  _state: State;
  _outbox: Outbox;
  _store: OutboxStore;
  _emit: Emit;
  _me: string;
  _keepsTail: (row: Row) => boolean;
  /** The collector took something. */
  _onTaken: (batch: Row[], results: EventResult[]) => void;
}

/**
 * Creates the sender. One tab leads by Web Lock, the lease is the second fence, and both only save requests:
 * what arrives twice is the collector's to recognise by message id.
 */
export function createSender(options: SenderOptions): Sender {
  const { _target, _platform, _state, _outbox, _store, _emit, _me } = options;
  const { _now, _later, _cancel, _locks } = _platform;
  let lease: Lease = { by: "", until: 0, tries: 0, floor: 0, next: 0 };
  let isLeader = !_locks;
  let unlock: (() => void) | undefined;
  let timer: number | undefined;
  let due = Infinity;
  let running: Promise<void> | undefined;
  let abort: AbortController | undefined;
  /** How many of the oldest rows were refused together; they are halved until the culprit is alone. */
  let suspects = 0;

  const url = `${_target.endpoint}/batch`;

  const soon = (delayMs: number = isLeader || !_store._isUp() ? GATHER_MS : STAND_IN_MS) => {
    const at = _now() + delayMs;
    if (at >= due && due > _now()) return;
    _cancel(timer);
    due = at;
    timer = _later(() => void pump(), delayMs);
  };

  /** Takes the lease, or says how long to wait. */
  const claim = async (isForced: boolean): Promise<number> => {
    let waitMs = 0;
    const take = (old: Lease = lease): Lease => {
      const now = _now();
      const other = !isLeader && old.by !== _me ? old.until : 0;
      waitMs = Math.max(isForced ? old.floor : old.next, other) - now;
      if (waitMs > 0 && waitMs < MAX_WAIT_MS) return old;
      waitMs = 0;
      return (lease = { ...old, by: _me, until: now + REQUEST_MS });
    };
    await _store._update("lease", take).catch(() => take());
    return waitMs;
  };

  const pump = (isForced = false): Promise<void> => {
    _cancel(timer);
    due = Infinity;
    return (running ??= (async () => {
      while (_state._phase === "open" && _outbox._rows.size) {
        const waitMs = (await claim(isForced)) || (await attempt());
        if (waitMs) {
          soon(waitMs);
          break;
        }
      }
    })().finally(() => (running = undefined)));
  };

  /** Sends one batch. Resolves with the wait before the next attempt. */
  const attempt = async (): Promise<number> => {
    const rows = takeRows(_outbox._rows.values(), suspects ? Math.ceil(suspects / 2) : undefined);
    const finished = await finishedWriters(rows[0]?.device);
    if (_state._phase !== "open" || !rows[0]) return 0;
    _emit("send", rows.length);
    const mine = (abort = new AbortController());
    const timeout = _later(() => mine.abort(), REQUEST_MS);
    const answer = await _platform
      ._fetch(url, {
        method: "POST",
        body: composeBody(_target.site, rows, finished, _now()),
        signal: mine.signal,
      })
      .then((response) => readAnswer(response, _now()))
      .catch(() => ({ kind: "retry", floorMs: 0 }) as const);
    _cancel(timeout);
    if (_state._phase !== "open") return 0; // refused or reset meanwhile: nothing may be written any more
    if (answer.kind === "split") {
      suspects = rows.length;
      if (rows.length === 1) {
        suspects = 0;
        _outbox._drop(rows, "refused");
      }
      return 0;
    }
    if (answer.kind === "taken") {
      lease = { by: "", until: 0, tries: 0, floor: 0, next: 0 };
      const changes: Change[] = [["kv", "lease", lease]];
      for (const { id } of finished) {
        delete _outbox._writers[id];
        changes.push(["kv", `w:${id}`]);
      }
      if (await _outbox._settle(rows, answer.results, options._keepsTail, changes)) {
        suspects -= Math.min(suspects, rows.length);
        options._onTaken(rows, answer.results);
        return 0;
      }
    }
    return retreat(answer.kind === "retry" ? answer.floorMs : 0);
  };

  const retreat = (floorMs: number): number => {
    const now = _now();
    const delayMs = floorMs + retryDelay(++lease.tries, _platform._chance());
    lease = { ...lease, until: 0, floor: now + floorMs, next: now + delayMs };
    _emit("retry", { afterMs: delayMs, tries: lease.tries });
    _store._commit([["kv", "lease", lease]]).catch(() => {}); // then it holds for this page
    return delayMs;
  };

  /** Page loads of this device that are over, with nothing left here. */
  const finishedWriters = async (device: string | undefined): Promise<FinishedWriter[]> => {
    const { held = [], pending = [] } = (await _locks?.query().catch(() => undefined)) ?? {};
    const live = new Set([...held, ...pending].map(({ name }) => name));
    const busy = new Set([...[..._outbox._rows.values()].map((row) => row.writer), _state._writer?.id]);
    return Object.entries(_outbox._writers).flatMap(([id, entry]) => {
      const restMs = live.size ? STAND_IN_MS : ABANDONED_MS;
      const isOver = !busy.has(id) && !live.has(`vitrine.writer.${id}`) && _now() - entry.at > restMs;
      return isOver && entry.device === device ? [{ id, last: entry.last }] : [];
    });
  };

  const yieldLock = () => {
    unlock?.();
    unlock = undefined;
    isLeader = !_locks;
  };

  const lead = () => {
    unlock ??= holdLock(_locks, "vitrine.send", () => {
      isLeader = true;
      soon(0);
    });
  };

  return {
    _soon: soon,
    _flush: () => pump(true),
    _abort: () => abort?.abort(),
    _lead: lead,
    _yield: () => {
      yieldLock();
      lead();
    },
    _leave: () => {
      yieldLock();
      const mine = [..._outbox._rows.values()].filter((row) => row.device === _state._device?.secret);
      const rows = takeRows(mine);
      if (_state._phase !== "open" || !rows[0] || lease.floor > _now()) return;
      // Not compressed and of a simple type, so that no preflight is needed; what does not fit stays.
      const body = composeBody(_target.site, rows, [], _now());
      _platform._fetch(url, { method: "POST", body, keepalive: true }).catch(() => {});
    },
  };
}
