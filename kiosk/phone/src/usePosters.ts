import { useEffect, useState } from "preact/hooks";
import type { Look } from "./Look.ts";
import { openPlayerReader } from "./openLookReader.ts";
import { openLook } from "./openSealed.ts";

/** A player that was asked for the very beginning, where it stands already, need not have decoded anything. */
const POSTER_S = 0.1;

/** A small picture of each look, made one after another; none for a look that does not open or play here. */
export function usePosters(looks: readonly Look[]): readonly (string | undefined)[] {
  const [posters, setPosters] = useState<readonly string[]>([]);
  useEffect(() => {
    let isShown = true;
    const urls: string[] = [];
    const make = async () => {
      for (const look of looks) {
        const picture = await posterOf(look);
        if (!isShown) return;
        urls.push(picture ? URL.createObjectURL(picture) : "");
        setPosters([...urls]);
      }
    };
    void make();
    return () => {
      isShown = false;
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [looks]);
  return looks.map((_, i) => posters[i] || undefined);
}

async function posterOf(look: Look): Promise<Blob | undefined> {
  try {
    const { picturesAt } = await openPlayerReader(await openLook(look.part, look));
    const [first] = await picturesAt([POSTER_S]);
    return first;
  } catch {
    return undefined; // the look itself says why, when it is chosen
  }
}
