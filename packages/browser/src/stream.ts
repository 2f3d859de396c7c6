import type { Target } from "./config.ts";
import type { Platform } from "./platform.ts";
import { holdLock } from "./sync/lock.ts";
import { retryDelay } from "./sync/retryDelay.ts";

/** The server sends a heartbeat each 15 s; a connection silent for three of them is dead. */
const SILENCE_MS = 45_000;

/** What the server knows: revision of the profile, version of the rules. */
export interface ServerState {
  revision: number;
  rules: number;
}

/** What the stream needs. */
export interface StreamOptions {
  _target: Target;
  _platform: Platform;
  _secret: () => string | undefined;
  /** `revision.rules` known here, so that only news is sent. */
  _lastId: () => string;
  _onState: (state: ServerState) => void;
  /** The connection failed: look for news without it. */
  _onLost: () => void;
}

/** The connection for news; open while this tab is the one that holds it. */
export interface Stream {
  _open: () => void;
  _close: () => void;
}

/**
 * Creates the stream: server-sent events read with `fetch`, since the secret goes in a header. Browsers allow six
 * connections to a host, so one visible tab holds it.
 */
export function createStream(options: StreamOptions): Stream {
  const { _target, _platform, _onState, _onLost } = options;
  let unlock: (() => void) | undefined;
  let abort: AbortController | undefined;
  let tries = 0;
  let baseMs: number | undefined;

  /** Reads one connection to its end. Resolves with false when it failed. */
  const read = async (mine: AbortController): Promise<boolean> => {
    const secret = options._secret();
    let silence: number | undefined;
    const isAlive = () => {
      _platform._cancel(silence);
      silence = _platform._later(() => mine.abort(), SILENCE_MS);
    };
    isAlive();
    try {
      const response = await _platform._fetch(
        `${_target.endpoint}/stream?site=${encodeURIComponent(_target.site)}`,
        {
          headers: {
            ...(secret ? { authorization: `Bearer ${secret}` } : {}),
            "last-event-id": options._lastId(),
          },
          signal: mine.signal,
        },
      );
      if (!response.ok || !/event-stream/.test(response.headers.get("content-type")!)) throw response;
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ""; ;) {
        const { done, value } = await reader.read();
        if (done) return true;
        isAlive();
        tries = 0;
        const lines = (text + value).split(/\r?\n/);
        text = lines.pop()!;
        for (const line of lines) {
          const [, field, content] = /^(data|retry): ?(.*)/.exec(line) ?? [];
          if (field === "retry") baseMs = +content! || baseMs;
          if (field === "data") _onState(JSON.parse(content!) as ServerState);
        }
      }
    } catch {
      return false; // refused, cut off, silent, or given up by us
    } finally {
      _platform._cancel(silence);
    }
  };

  const run = async (mine: AbortController) => {
    while (abort === mine) {
      // A stalled connection is ended without ending the whole.
      const attempt = new AbortController();
      mine.signal.onabort = () => attempt.abort();
      if (!(await read(attempt)) && abort === mine) _onLost();
      await new Promise<void>((resolve) => {
        _platform._later(resolve, retryDelay(++tries, _platform._chance(), baseMs));
      });
    }
  };

  const start = () => void run((abort = new AbortController()));

  return {
    _open: () => {
      if (unlock) return;
      unlock = holdLock(_platform._locks, "vitrine.stream", start);
      if (!_platform._locks) start();
    },
    _close: () => {
      unlock?.();
      unlock = undefined;
      abort?.abort();
      abort = undefined;
    },
  };
}
