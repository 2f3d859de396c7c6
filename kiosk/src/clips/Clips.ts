import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ClipStore } from "./clipStore.ts";

/** Where the clips of this page lie. */
export const Clips = createContext<ClipStore | undefined>(undefined);

/** The clips' store; screens are shown once it is open. */
export function useClips(): ClipStore {
  const store = useContext(Clips);
  if (!store) throw new Error("The store of clips is not open yet.");
  return store;
}
