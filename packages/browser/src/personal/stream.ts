import { isObject } from "@vitrine/core";
import type { Platform } from "../platform.ts";
import type { Remote } from "./remote.ts";
import type { State } from "../state.ts";
import { holdLock } from "../sync/lock.ts";
import { retryDelay } from "../sync/retryDelay.ts";

/** The server sends a heartbeat each 15 s; a connection silent for three of them is dead. */
const SILENCE_MS = 45_000;

/** Wait for a snapshot while events are on their way. */
const SENDING_MS = 1000;

/** The connection for news. */
export interface Stream {
  /** Competes for holding it: browsers allow six connections to a host, so one visible tab does. */
  _openStream: () => void;
  _closeStream: () => void;
}

/** Creates the stream: server-sent events read with `fetch`, since the secret goes in a header. */
export function createStream(engine: Platform & State & Remote): Stream {
  let unlock: (() => void) | undefined;
  let current: AbortController | undefined;
  let tries = 0;
  let baseMs: number | undefined;
  let refreshing: number | undefined;

  const news = () => {
    void engine._refreshRules();
    void engine._refreshSnapshot();
  };

  const hear = (line: string) => {
    const [, field, content = ""] = /^(data|retry): ?(.*)/.exec(line) ?? [];
    if (field === "retry") baseMs = +content || baseMs;
    const state: unknown = field === "data" && JSON.parse(content);
    if (!isObject(state)) return;
    if (state.rules !== engine._ruleset?.version) void engine._refreshRules();
    if (state.revision === engine._snapshot?.revision) return;
    // While this tab sends, it is its own events that are news, with every batch.
    refreshing ??= engine._later(() => {
      refreshing = undefined;
      void engine._refreshSnapshot();
    }, engine._rows.size && SENDING_MS);
  };

  /** Reads one connection to its end. */
  const read = async (signal: AbortSignal, isAlive: () => void) => {
    const { _snapshot, _ruleset } = engine;
    const response = await engine._ask("stream", {
      signal,
      headers: { "last-event-id": `${_snapshot?.revision ?? 0}.${_ruleset?.version ?? 0}` },
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ;) {
      const { done, value } = await reader.read();
      if (done) return;
      isAlive();
      tries = 0;
      const lines = (text + value).split("\n");
      text = lines.pop()!;
      lines.forEach(hear);
    }
  };

  const run = async () => {
    const mine = (current = new AbortController());
    let silence: number | undefined;
    const isAlive = () => {
      engine._cancel(silence);
      silence = engine._later(() => mine.abort(), SILENCE_MS);
    };
    isAlive();
    tries++;
    await read(mine.signal, isAlive).catch(() => {}); // refused, cut off or silent
    engine._cancel(silence);
    if (mine !== current) return;
    // It told nothing: ask instead, unless the collector does not even take events.
    if (tries && !engine._lease.tries) news();
    engine._later(() => mine === current && void run(), retryDelay(tries || 1, engine._chance(), baseMs));
  };

  return {
    _openStream: () => {
      if (unlock) return;
      unlock = holdLock(engine._locks, "vitrine.stream", () => void run());
      if (!engine._locks) void run();
    },
    _closeStream: () => {
      unlock?.();
      current?.abort();
      unlock = current = undefined;
    },
  };
}
