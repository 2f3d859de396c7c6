import type { ClipStore } from "../clips/clipStore.ts";
import { sealHandOff, type HandOff } from "../clips/handOff.ts";
import type { Make } from "../server/handover.ts";
import type { Look } from "./look.ts";
import { lookToHand } from "./lookToHand.ts";

/** Seals looks, one after the other: each is opened for it, and a machine in a shop has other things to do. */
export function sealLooks(store: ClipStore, looks: readonly Look[]): Make {
  return async (say, stop): Promise<HandOff | undefined> => {
    const films = [];
    for (const look of looks) {
      films.push(await lookToHand(store, look));
      if (stop.aborted) return undefined;
      say(films.length / looks.length);
    }
    return sealHandOff(films);
  };
}
