import type { EventResult, FinishedWriter } from "@vitrine/core";
import type { Emit } from "../emitter.ts";
import { toBase64Url } from "../ids.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { Change, OutboxStore } from "../outbox/outboxStore.ts";
import type { Row } from "../outbox/row.ts";
import type { Platform } from "../platform.ts";
import { FREE, type Lease, type State } from "../state.ts";
import { composeBody, MAX_FINISHED, takeRows } from "./composeBatch.ts";
import { holdLock } from "./lock.ts";
import { readAnswer, type Answer } from "./readAnswer.ts";
import { retryDelay } from "./retryDelay.ts";

/** Wait for more events before they leave together. */
const GATHER_MS = 500;

/** A tab that does not lead looks after its own events when nobody did for so long. */
const STAND_IN_MS = 5000;

/** A request without an answer for so long is given up. Slow networks take half a minute and mean it. */
const REQUEST_MS = 60_000;

/** How long the lease holds; a slow request outlasts it, and then two may send the same. */
const LEASE_MS = 5000;

/** Longest wait that is believed, should the clock have gone back. */
const MAX_WAIT_MS = 4_000_000;

/** So many events refused one after the other speak for a fault that is not theirs. */
const MAX_REFUSALS = 3;

/** Age at which a page load counts as finished where Web Locks cannot tell. */
const ABANDONED_MS = 86_400_000;

/** The sender of this tab. */
export interface Sender {
  /** Competes for leading. */
  _lead: () => void;
  /** Stops leading, and lets this page's events go with a request that outlives it. */
  _stopSending: () => void;
  /** Lets another tab lead, if one waits. */
  _yield: () => void;
  _soon: (delayMs?: number) => void;
  /** Sends all that may be sent; `isForced`: though the next attempt was put off (Retry-After holds). */
  _send: (isForced?: boolean) => Promise<void>;
  /** Ends the request in flight. */
  _abort: () => void;
}

/** What the sender needs of the engine. */
export interface SenderNeeds extends Platform, State, OutboxStore, Pick<Outbox, "_settle" | "_drop"> {
  _emit: Emit;
  /** Reads what other tabs wrote. */
  _reload: () => Promise<void>;
  /** The collector took something. */
  _acknowledged: (batch: Row[], results: EventResult[]) => void;
}

/**
 * Creates the sender. One tab leads by Web Lock, the lease is the second fence, and both only save requests:
 * what arrives twice is the collector's to recognise by message id.
 */
export function createSender(engine: SenderNeeds): Sender {
  const { _locks, _now, _later, _config } = engine;
  const me = toBase64Url(engine._random(9));
  const url = `${_config.endpoint}/batch`;
  let isLeader = !_locks;
  let unlock: (() => void) | undefined;
  let timer: number | undefined;
  let due = 0;
  let running: Promise<void> | undefined;
  /** Somebody asked for an attempt now, perhaps while one was failing: the network is back, say. */
  let isUrged = false;
  let abort: AbortController | undefined;
  /** How many of the oldest rows were refused together; they are halved until the culprit is alone. */
  let suspects = 0;
  /**
   * Refused alone, and set aside until the collector took others (true): refused once more, they are dropped. So a
   * gateway that refuses everything for a while costs nothing.
   */
  const refused = new Map<Row, boolean>();
  let refusals = 0;

  const soon = (delayMs: number = isLeader || !engine._isUp() ? GATHER_MS : STAND_IN_MS) => {
    const at = _now() + delayMs;
    if (due && due <= at) return;
    engine._cancel(timer);
    due = at;
    timer = _later(() => void send(), delayMs);
  };

  /** Takes the lease, or says how long to wait. */
  const claim = async (isForced: boolean): Promise<number> => {
    let waitMs = 0;
    const take = (old: Lease = engine._lease): Lease => {
      const now = _now();
      const { floor, next, by, until } = old;
      waitMs = Math.max(isForced ? floor : next, isLeader || by === me ? 0 : until) - now;
      if (waitMs <= 0 || waitMs > MAX_WAIT_MS) waitMs = 0;
      return waitMs ? old : { ...old, by: me, until: now + LEASE_MS };
    };
    engine._lease = await engine._update("lease", take).catch(() => take());
    return waitMs;
  };

  const send = (isForced: boolean = false): Promise<void> => {
    engine._cancel(timer);
    due = 0;
    isUrged ||= isForced;
    running ??= (async () => {
      let isNow = false;
      while (engine._phase === "open" && engine._rows.size) {
        isNow ||= isUrged;
        isUrged = false;
        const waitMs = (await claim(isNow)) || (await attempt());
        if (waitMs && !isUrged) return soon(waitMs);
      }
    })()
      .catch((cause: unknown) => engine._emit("error", { code: "send", cause }))
      .finally(() => (running = undefined));
    return running;
  };

  /** Sends one batch. Resolves with the wait before the next attempt. */
  const attempt = async (): Promise<number> => {
    const finished = await finishedWriters();
    const left = [...engine._rows.values()].filter((row) => refused.get(row) !== false);
    const rows = takeRows(left, refusals ? 1 : (suspects + 1) >> 1 || undefined);
    const [first] = rows;
    if (engine._phase !== "open") return 0;
    if (!first) {
      refused.clear();
      return retreat(0);
    }
    const over = finished
      .filter(({ id }) => engine._writers[id]?.device === first.device)
      .slice(0, MAX_FINISHED);
    const mine = (abort = new AbortController());
    const timeout = _later(() => mine.abort(), REQUEST_MS);
    const body = composeBody(engine, rows, over);
    const answer: Answer = await engine
      ._fetch(url, { method: "POST", body, signal: mine.signal })
      .then((response) =>
        readAnswer(
          response,
          rows.map(({ messageId }) => messageId),
          _now(),
        ),
      )
      .catch(() => ({ kind: "retry", floorMs: 0 }));
    engine._cancel(timeout);
    engine._emit("sent", { events: rows.length, ...answer });
    if (engine._phase !== "open") return 0; // refused or reset meanwhile: nothing may be written
    if (answer.kind === "split") {
      suspects = rows[1] ? rows.length : 0;
      if (suspects) return 0;
      if (refused.get(first)) {
        engine._drop(rows, "refused");
        return 0;
      }
      refused.set(first, false);
      return ++refusals < MAX_REFUSALS ? 0 : retreat(0);
    }
    if (answer.kind === "retry") return retreat(answer.floorMs);
    const { tries } = engine._lease;
    engine._lease = FREE;
    const changes: Change[] = [["kv", "lease", FREE]];
    for (const { id } of over) {
      delete engine._writers[id];
      changes.push(["kv", `w:${id}`]);
    }
    const named = await engine._settle(rows, answer.results, changes);
    if (!named) {
      engine._lease = { ...FREE, tries }; // none of ours: as if there was no answer
      return retreat(answer.floorMs);
    }
    suspects = Math.max(0, suspects - rows.length);
    refusals = 0;
    for (const row of rows) refused.delete(row);
    for (const [row, isTried] of refused) {
      if (!isTried) suspects = 1;
      refused.set(row, true);
    }
    engine._acknowledged(rows, answer.results);
    return named < rows.length ? retreat(answer.floorMs) : 0;
  };

  const retreat = (floorMs: number): number => {
    const floor = _now() + floorMs;
    const tries = engine._lease.tries + 1;
    // Once for a row of failures: it asks the browser to wake it when the network is back.
    if (tries === 1) engine._tellWorker?.("drain");
    const delayMs = floorMs + retryDelay(tries, engine._chance());
    engine._lease = { by: me, until: 0, tries, floor, next: _now() + delayMs };
    engine._commit([["kv", "lease", engine._lease]]).catch(() => {}); // then it holds for this page
    return delayMs;
  };

  /**
   * Page loads that are over, with nothing left here. An event that is missed opens its page load again. A page that goes
   * tells nobody what it wrote last, so all is read before the word is given.
   */
  const finishedWriters = async (): Promise<FinishedWriter[]> => {
    const locks = await _locks?.query().catch(() => undefined);
    const live = new Set([...(locks?.held ?? []), ...(locks?.pending ?? [])].map(({ name }) => name));
    const restMs = locks ? STAND_IN_MS : ABANDONED_MS;
    const look = () => {
      const busy = new Set(
        [...engine._rows.values()].map((row) => row.writer).concat(engine._writer?.id ?? ""),
      );
      return Object.entries(engine._writers).flatMap(([id, { last, at }]) =>
        busy.has(id) || live.has(`vitrine.writer.${id}`) || Math.abs(_now() - at) < restMs
          ? []
          : { id, last },
      );
    };
    if (!look()[0]) return [];
    await engine._reload();
    return engine._isUp() ? look() : [];
  };

  const stopLeading = () => {
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
    _send: send,
    _lead: lead,
    _abort: () => abort?.abort(),
    _yield: () => {
      if (!unlock) return;
      stopLeading();
      lead();
    },
    _stopSending: () => {
      stopLeading();
      const device = engine._device?.secret;
      const rows = takeRows([...engine._rows.values()].filter((row) => row.device === device));
      if (!rows[0] || engine._phase !== "open" || engine._lease.tries) return;
      // Not compressed and of a simple type, so that no preflight is needed; what does not fit stays.
      const body = composeBody(engine, rows, []);
      engine._fetch(url, { method: "POST", body, keepalive: true }).catch(() => {}); // the next page sends it again
    },
  };
}
