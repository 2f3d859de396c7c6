import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { readIdentity } from "./readIdentity.ts";
import type { KioskIdentity } from "@vitrine/kiosk/shell";

/** An identity with the key that proves it. */
export interface Enrolled {
  identity: KioskIdentity;
  key: string;
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
        const { identity, key, isSealed } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
        if (typeof key !== "string" || (isSealed === true && !sealer)) return undefined;
        const plain = isSealed === true ? sealer!.open(Buffer.from(key, "base64")) : key;
        return { identity: readIdentity(identity), key: plain };
      } catch {
        return undefined;
      }
    },
    write({ identity, key }) {
      const kept = sealer ? Buffer.from(sealer.seal(key)).toString("base64") : key;
      replaceFile(file, JSON.stringify({ identity, key: kept, isSealed: sealer !== undefined }));
    },
  };
}

/** All of the new content or all of the old, after a power cut too. */
function replaceFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = openSync(`${file}.new`, "w", 0o600);
  try {
    writeSync(draft, text);
    fsyncSync(draft);
  } finally {
    closeSync(draft);
  }
  renameSync(`${file}.new`, file);
}
