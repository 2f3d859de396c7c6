import { useEffect, useState } from "preact/hooks";
import { FilmError } from "./film.ts";
import type { Look } from "./Look.ts";
import { openLook } from "./openSealed.ts";

/** A look that is opened while it is looked at. */
export type OpenedLook =
  | { kind: "opening" }
  | { kind: "open"; film: Blob; url: string }
  | { kind: "damaged" | "unplayable" };

/** Opens a look for as long as it is the one that is shown: one film is in memory at a time. */
export function useOpened(look: Look): OpenedLook {
  const [opened, setOpened] = useState<OpenedLook>({ kind: "opening" });
  useEffect(() => {
    let url: string | undefined;
    let isShown = true;
    setOpened({ kind: "opening" });
    const open = async () => {
      try {
        const film = await openLook(look.part, look);
        if (!isShown) return;
        url = URL.createObjectURL(film);
        setOpened({ kind: "open", film, url });
      } catch {
        if (isShown) setOpened({ kind: "damaged" });
      }
    };
    void open();
    return () => {
      isShown = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [look]);
  return opened;
}

/** What to say of a film that cannot be shown. */
export const kindOfFailure = (error: unknown): "damaged" | "unplayable" =>
  error instanceof FilmError ? "unplayable" : "damaged";
