import { toBase64Url } from "./ids.ts";
import type { Platform } from "./platform.ts";

/** A session as all tabs share it, in `localStorage`; the inline reader looks at `last` too. Times in ms. */
interface Session {
  id: string;
  start: number;
  last: number;
}

const KEY = "vitrine.session";

/** A session ends after this much idleness. */
const IDLE_MS = 30 * 60_000;

/** How stale `last` may be on disk while the shopper is busy. */
const SAVE_MS = 5000;

/** The shopper's session. */
export interface SessionKeeper {
  /** Notes activity; starts the next session when the last activity, on any tab, is too long ago. */
  _touch: (isKept: boolean) => void;
  /** True when the session began with this page. */
  _isNew: () => boolean;
  _id: () => string;
  /** Writes the last activity now, for the next page's inline reader. */
  _save: () => void;
  _forget: () => void;
}

/** Keeps the session. Only activity moves it: an idle tab neither prolongs nor replaces it. */
export function createSession({ _now, _random, _storage }: Platform): SessionKeeper {
  let session: Session | undefined;
  let began = "";
  let saved = 0;

  const read = (): Session | undefined => {
    try {
      const found = JSON.parse(_storage!.getItem(KEY)!) as Session | null;
      return found && Math.abs(_now() - found.last) < IDLE_MS ? found : undefined;
    } catch {
      return undefined; // blocked storage, or not ours
    }
  };
  const save = () => {
    if (!session || !saved) return;
    saved = session.last;
    try {
      _storage!.setItem(KEY, JSON.stringify(session));
    } catch {
      // Full or blocked: the session lives on this page only.
    }
  };

  return {
    _isNew: () => began === session?.id,
    _id: () => session!.id,
    _save: save,
    _touch: (isKept) => {
      const now = _now();
      if (!session || Math.abs(now - session.last) >= IDLE_MS) session = read();
      if (!session) {
        began = toBase64Url(_random(9));
        session = { id: began, start: now, last: now };
      }
      session.last = now;
      if (!isKept || now - saved < SAVE_MS) return;
      saved ||= 1;
      save();
    },
    _forget: () => {
      session = undefined;
      saved = 0;
      try {
        _storage!.removeItem(KEY);
      } catch {
        // Blocked: then nothing was written either.
      }
    },
  };
}
