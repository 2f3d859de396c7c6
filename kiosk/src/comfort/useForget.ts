import { useContext, useEffect } from "preact/hooks";
import type { Mirror } from "../session/session.ts";
import { Forget } from "./useComfort.ts";

/** Whoever comes to an idle mirror finds it as it is for everybody: in the shop's language, upright and silent. */
export function useForget({ kind }: Mirror): void {
  const forget = useContext(Forget);
  useEffect(() => {
    if (kind === "idle") forget();
  }, [kind, forget]);
}
