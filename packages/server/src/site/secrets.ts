import type { JsonWebKey } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { kidOf, newKeyPair, publicPointOf, readKeyPair } from "./keyPair.ts";
import { openRulesKeys, type RulesKeys } from "./rulesKeys.ts";

/** Keys that stand in files beside the database, mode 0600. */
export interface Secrets {
  /** 32 bytes; wraps the keys of sites and of people. */
  masterKey: Buffer;
  /** P-256 keys of rulesets: one signs, others are trusted. */
  rulesKeys: RulesKeys;
  /** P-256 key pair to which kiosks seal what they keep until they reach this server. */
  eventKey: EventKey;
}

/** The key pair of sealed events. */
export interface EventKey {
  privateJwk: JsonWebKey;
  /** Uncompressed point, 65 bytes, base64url. */
  publicPoint: string;
  /** Names it: the first 8 characters of base64url(SHA-256(point)). */
  kid: string;
}

/** Reads the key files of the data folder, and makes those that are missing. */
export function loadSecrets(dataDir: string, random: (bytes: number) => Buffer): Secrets {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const masterKey = Buffer.from(
    readOrCreate(join(dataDir, "master.key"), () => random(32).toString("base64url")),
    "base64url",
  );
  if (masterKey.length !== 32)
    throw new Error("master.key must hold 32 bytes in base64url; restore it from your backup");
  return {
    masterKey,
    rulesKeys: openRulesKeys(join(dataDir, "rules.key")),
    eventKey: readOrCreateEventKey(join(dataDir, "events.key")),
  };
}

/** A P-256 key pair, kept as JWK. */
function readOrCreateEventKey(path: string): EventKey {
  const jwk = readOrCreate(path, () => JSON.stringify(newKeyPair().export({ format: "jwk" })));
  const privateJwk = readKeyPair(JSON.parse(jwk) as JsonWebKey).export({ format: "jwk" });
  const publicPoint = publicPointOf(privateJwk);
  return { privateJwk, publicPoint, kid: kidOf(publicPoint) };
}

/** Written and flushed before use: data wrapped by a key that a power cut swallowed would be lost. */
function readOrCreate(path: string, create: () => string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const text = create();
  const file = openSync(path, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return text;
}
