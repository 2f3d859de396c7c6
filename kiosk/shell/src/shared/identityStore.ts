import { readFileSync } from "node:fs";
import { isEventKey, readIdentity } from "./readIdentity.ts";
import { replaceFile } from "./replaceFile.ts";
import type { KioskIdentity } from "@vitrine/kiosk/shell";

/** An identity with the key that proves it. */
export interface Enrolled {
  identity: KioskIdentity;
  key: string;
  /** The server's public key, to which events are sealed; undefined until a server told it. */
  eventKey?: string;
}

/** Encrypts with a key of the operating system's key ring. */
export interface Sealer {
  seal(text: string): Uint8Array;
  /** @throws Error when the key ring is another one. */
  open(sealed: Uint8Array): string;
}

/** Keeps what a kiosk is over restarts. */
export interface IdentityStore {
  read(): Enrolled | undefined;
  write(enrolled: Enrolled): void;
}

/**
 * Keeps the identity in a file that only this user may read; the key in it is sealed where there is a key ring.
 * A file that cannot be understood is as good as none: the kiosk is enrolled anew.
 */
export function createIdentityStore(file: string, sealer?: Sealer): IdentityStore {
  return {
    read() {
      try {
        const { identity, key, isSealed, eventKey } = JSON.parse(readFileSync(file, "utf8")) as Record<
          string,
          unknown
        >;
        if (typeof key !== "string" || (isSealed === true && !sealer)) return undefined;
        const plain = isSealed === true ? sealer!.open(Buffer.from(key, "base64")) : key;
        return {
          identity: readIdentity(identity),
          key: plain,
          ...(isEventKey(eventKey) && { eventKey }),
        };
      } catch {
        return undefined;
      }
    },
    write({ identity, key, eventKey }) {
      const kept = sealer ? Buffer.from(sealer.seal(key)).toString("base64") : key;
      replaceFile(file, JSON.stringify({ identity, key: kept, isSealed: sealer !== undefined, eventKey }));
    },
  };
}
