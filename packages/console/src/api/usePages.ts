import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask, type ApiError } from "./client.ts";
import type { Page } from "./types.ts";
import { SESSION_ENDED } from "./useResource.ts";

/** A list read page by page. */
export interface Pages<T> {
  /** Undefined until the first page is here. */
  items: T[] | undefined;
  /** The first page as the server sent it, with what it says beside the items. */
  first: (Page<T> & Record<string, unknown>) | undefined;
  error: ApiError | undefined;
  hasMore: boolean;
  readonly readMore: () => void;
  readonly reload: () => void;
}

/** Reads a paginated list. @param path with or without a query */
export function usePages<T>(path: string): Pages<T> {
  const [state, setState] = useState<{ path: string; pages: Page<T>[]; error?: ApiError }>({
    path,
    pages: [],
  });
  const [turn, setTurn] = useState(0);
  const latest = useRef(path);
  latest.current = path;
  const read = useCallback(
    (after: string | null, before: Page<T>[]) => {
      const address =
        after === null ? path : `${path}${path.includes("?") ? "&" : "?"}after=${encodeURIComponent(after)}`;
      // An answer to an earlier question comes too late, and so does a page that follows a list which was read anew.
      const take = (next: Parameters<typeof setState>[0]) => {
        if (latest.current === path) setState(next);
      };
      ask<Page<T>>("GET", address).then(
        (page) =>
          take((old) =>
            before.length === 0 || old.pages === before ? { path, pages: [...before, page] } : old,
          ),
        (error: ApiError) => {
          if (error.status === 401) dispatchEvent(new Event(SESSION_ENDED));
          take((old) => ({ ...old, error }));
        },
      );
    },
    [path],
  );
  useEffect(() => read(null, []), [read, turn]);
  const pages = state.path === path ? state.pages : [];
  const next = pages.at(-1)?.next ?? null;
  return {
    items: pages.length > 0 ? pages.flatMap((page) => page.items) : undefined,
    first: pages[0] as (Page<T> & Record<string, unknown>) | undefined,
    error: state.error,
    hasMore: next !== null,
    readMore: () => read(next, pages),
    reload: () => setTurn((n) => n + 1),
  };
}
