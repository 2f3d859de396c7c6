import { toJson } from "@vitrine/core";
import { attempt } from "../attempt.ts";
import { toBase64Url } from "../ids.ts";
import type { Platform } from "../platform.ts";

/** A session as all tabs share it, in `localStorage`; the inline reader looks at `last` too. Times in ms. */
interface Session {
  id: string;
  last: number;
}

/** Where it is; absent for somebody new, and after a refusal. */
export const SESSION_KEY = "vitrine.session";

/** A session ends after this much idleness. */
const IDLE_MS = 30 * 60_000;

/** How stale `last` may be on disk while the shopper is busy. */
const SAVE_MS = 5000;

/** The shopper's session. */
export interface SessionKeeper {
  /** Notes activity, and stores it where `isKept`; after too much idleness on all tabs the next session begins. */
  _touch: (isKept: boolean) => void;
  /** True when the session began with this page. */
  _isNewSession: () => boolean;
  _sessionId: () => string;
  /** Writes the last activity now, for the next page's inline reader. */
  _saveSession: () => void;
  _endSession: () => void;
}

/** Keeps the session. Only activity moves it: an idle tab neither prolongs nor replaces it. */
export function createSession({ _now, _random, _storage }: Platform): SessionKeeper {
  let session: Session | undefined;
  let began: string | undefined;
  let saved = 0;

  const isLive = (one: Session | undefined) => !!one && Math.abs(_now() - one.last) < IDLE_MS;
  // `localStorage` may be blocked, full, or hold what is not ours; then the session lives on this page alone.
  const save = () => {
    if (saved) attempt(() => _storage!.setItem(SESSION_KEY, toJson(session)));
  };

  return {
    _isNewSession: () => began === session?.id,
    _sessionId: () => session?.id ?? "",
    _saveSession: save,
    _touch: (isKept) => {
      const now = _now();
      if (!isLive(session)) {
        session = attempt(() => JSON.parse(_storage!.getItem(SESSION_KEY)!) as Session | undefined);
        if (!isLive(session)) session = { id: (began = toBase64Url(_random(9))), last: now };
      }
      session!.last = now;
      if (!isKept || now - saved < SAVE_MS) return;
      saved = now;
      save();
    },
    _endSession: () => {
      session = undefined;
      saved = 0;
      attempt(() => _storage!.removeItem(SESSION_KEY));
    },
  };
}
