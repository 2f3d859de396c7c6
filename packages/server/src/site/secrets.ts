import {
  createECDH,
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/** Keys that stand in files beside the database, mode 0600. */
export interface Secrets {
  /** 32 bytes; wraps the keys of sites and of people. */
  masterKey: Buffer;
  /** P-256 key pair that signs rulesets. */
  rulesKey: {
    privateKey: KeyObject;
    /** Uncompressed point, 65 bytes, base64url: the SDK's `data-rules-key`. */
    publicPoint: string;
  };
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
  const rulesKey = readOrCreatePair(join(dataDir, "rules.key"));
  const eventKey = readOrCreatePair(join(dataDir, "events.key"));
  return {
    masterKey,
    rulesKey: { privateKey: rulesKey, publicPoint: publicPointOf(rulesKey) },
    eventKey: eventKeyOf(eventKey),
  };
}

/** A P-256 key pair, kept as JWK. */
function readOrCreatePair(path: string): KeyObject {
  const jwk = readOrCreate(path, () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return JSON.stringify(privateKey.export({ format: "jwk" }));
  });
  return createPrivateKey({ key: JSON.parse(jwk) as JsonWebKey, format: "jwk" });
}

function eventKeyOf(privateKey: KeyObject): EventKey {
  const publicPoint = publicPointOf(privateKey);
  const kid = createHash("sha256").update(publicPoint, "base64url").digest("base64url").slice(0, 8);
  return { privateJwk: privateKey.export({ format: "jwk" }), publicPoint, kid };
}

function publicPointOf(privateKey: KeyObject): string {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(Buffer.from(privateKey.export({ format: "jwk" }).d!, "base64url"));
  return curve.getPublicKey().toString("base64url");
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
