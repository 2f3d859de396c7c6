import { safeStorage } from "electron";
import type { Sealer } from "../shared/identityStore.ts";

/** The operating system's key ring; undefined where there is none and Electron would only pretend. */
export function keyRing(): Sealer | undefined {
  // Only Linux has it, and only newer Electrons; an older one has no such encryption without a key.
  const backend = "getSelectedStorageBackend" in safeStorage ? safeStorage.getSelectedStorageBackend() : "";
  if (backend === "basic_text" || !safeStorage.isEncryptionAvailable()) return undefined;
  return {
    seal: (text) => safeStorage.encryptString(text),
    open: (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
  };
}
