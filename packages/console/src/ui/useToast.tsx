import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { ApiError } from "../api/client.ts";
import { strings } from "../strings.ts";
import { Icon } from "./Icon.tsx";

const SHOWN_MS = 6_000;

/** A word on what just happened. */
export interface Toast {
  readonly say: (text: string) => void;
  /** Does something and tells a refusal in the server's own words; the promise is kept when it is over, never broken. */
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
  view: JSX.Element;
}

/** One message at a time, heard by screen readers, gone by itself. */
export function useToast(): Toast {
  const [toast, setToast] = useState<{ text: string; isBad: boolean }>();
  useEffect(() => {
    if (!toast) return undefined;
    const timer = setTimeout(() => setToast(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  const say = useCallback((text: string) => setToast({ text, isBad: false }), []);
  const attempt = useCallback(async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      const detail = error instanceof ApiError ? error.message : String(error);
      setToast({ text: `${strings.common.failed}: ${detail}`, isBad: true });
    }
  }, []);
  const view = (
    <div role="status">
      {toast && (
        <div class="toast">
          <Icon name={toast.isBad ? "warning" : "check"} />
          {toast.text}
        </div>
      )}
    </div>
  );
  return { say, attempt, view };
}
