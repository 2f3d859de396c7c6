import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ApiError, ask } from "./client.ts";

/** Data from the server with how it stands; `data` keeps the last answer while a newer one is under way. */
export interface Resource<T> {
  data: T | undefined;
  error: ApiError | undefined;
  readonly reload: () => void;
  /** Takes an answer that came another way, such as that to a change. */
  readonly replace: (data: T) => void;
}

/** How a component hears that the session has ended, wherever that was noticed. */
export const SESSION_ENDED = "vitrine:session-ended";

/**
 * Reads `path` and, with `everyMs`, reads it again while the page is visible.
 * A `null` path reads nothing.
 */
export function useResource<T>(path: string | null, everyMs?: number): Resource<T> {
  const [state, setState] = useState<{ path: string | null; data?: T; error?: ApiError }>({ path });
  const [turn, setTurn] = useState(0);
  const latest = useRef(path);
  latest.current = path;
  // The asking of the answer that is shown: one that was asked for earlier comes too late, whichever way the newer one came.
  const asked = useRef(0);
  const shown = useRef(0);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  const replace = useCallback((data: T) => {
    shown.current = asked.current;
    setState({ path: latest.current, data });
  }, []);

  useEffect(() => {
    if (path === null) return;
    const asking = ++asked.current;
    const take = (next: Parameters<typeof setState>[0]) => {
      if (latest.current !== path || asking <= shown.current) return;
      shown.current = asking;
      setState(next);
    };
    ask<T>("GET", path).then(
      (data) => take({ path, data }),
      (error: ApiError) => {
        if (error.status === 401) dispatchEvent(new Event(SESSION_ENDED));
        take((old) => ({ ...old, path, error }));
      },
    );
  }, [path, turn]);

  useEffect(() => {
    if (!everyMs) return undefined;
    const timer = setInterval(() => document.hidden || reload(), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, reload]);

  const isCurrent = state.path === path;
  const { data, error } = isCurrent ? state : {};
  return { data, error, reload, replace };
}
