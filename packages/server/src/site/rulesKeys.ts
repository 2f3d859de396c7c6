import type { JsonWebKey, KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { kidOf, newKeyPair, publicPointOf, readKeyPair } from "./keyPair.ts";
import { replaceFile } from "./replaceFile.ts";

/**
 * `next`: announced, so that pages trust it before it signs; `current`: signs; `retired`: signs nothing, and is still trusted for what
 * pages and caches hold.
 */
export type RulesKeyState = "next" | "current" | "retired";

/** A key of the rules. Who has retired needs no private key any more, so none is kept. */
export interface RulesKey {
  kid: string;
  state: RulesKeyState;
  /** Uncompressed point, 65 bytes, base64url. */
  publicPoint: string;
  /** When it came into this state, ms since 1970; null for the key that the data folder began with. */
  since: number | null;
  privateKey: KeyObject | null;
}

/** Who changed the keys last, and how. It stands in the file too, so that a power cut cannot keep it from the audit log. */
export interface RulesKeysChange {
  siteId: string;
  /** Key id of who did it. */
  by: string;
  action: string;
  kid: string;
}

/** The keys of the rules: the current one first, then the next, then the retired ones, newest first. */
export interface RulesKeys {
  all(): readonly RulesKey[];
  /** What signs. */
  current(): { privateKey: KeyObject; publicPoint: string; kid: string };
  /** What pages are to trust, as the SDK's `data-rules-key` wants it. */
  trusted(): string;
  lastChange(): RulesKeysChange | undefined;
  /** Durable when it returns: after a power cut there are all of the new keys or all of the old. */
  replace(keys: readonly RulesKey[], change: RulesKeysChange | undefined): void;
}

/** A private or public key as JWK (RFC 7517), with its state. */
type KeptKey = JsonWebKey & { state?: RulesKeyState; since?: number };

const BROKEN =
  "rules.key must hold one private P-256 key as JWK, or a JWK Set with one current key; restore it from your backup";

/** Opens the file of the keys; makes it, with one key, where there is none. A single JWK, as older versions wrote it, is the current key. */
export function openRulesKeys(file: string): RulesKeys {
  let { keys, change } = readKeys(file);
  const replace: RulesKeys["replace"] = (nextKeys, nextChange) => {
    replaceFile(file, JSON.stringify({ keys: nextKeys.map(keptOf), change: nextChange }));
    [keys, change] = [nextKeys, nextChange];
  };
  if (keys.length === 0) replace([createRulesKey("current", null)], undefined);
  return {
    all: () => keys,
    current() {
      const { privateKey, publicPoint, kid } = keys.find(({ state }) => state === "current")!;
      return { privateKey: privateKey!, publicPoint, kid };
    },
    trusted: () => keys.map(({ publicPoint }) => publicPoint).join(" "),
    lastChange: () => change,
    replace,
  };
}

/** Makes a key. */
export function createRulesKey(state: RulesKeyState, since: number | null): RulesKey {
  const privateKey = newKeyPair();
  return keyOf(privateKey.export({ format: "jwk" }), state, since);
}

/** What the file says. */
interface Held {
  keys: readonly RulesKey[];
  change: RulesKeysChange | undefined;
}

/** @returns no keys where there is no file. @throws Error when it cannot be used: a new key would be trusted by no page */
function readKeys(file: string): Held {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { keys: [], change: undefined };
    throw error;
  }
  try {
    const kept = JSON.parse(text) as { keys?: KeptKey[]; change?: RulesKeysChange };
    const keys = (kept.keys ?? [kept as KeptKey]).map((key) =>
      keyOf(key, key.state ?? "current", key.since ?? null),
    );
    const current = keys.filter(({ state }) => state === "current");
    if (current.length === 1 && keys.every((key) => key.privateKey || key.state === "retired"))
      return { keys, change: kept.change };
  } catch (cause) {
    throw new Error(BROKEN, { cause });
  }
  throw new Error(BROKEN);
}

function keyOf(jwk: JsonWebKey, state: RulesKeyState, since: number | null): RulesKey {
  const publicPoint = publicPointOf(jwk);
  const privateKey = jwk.d === undefined ? null : readKeyPair(jwk);
  return { kid: kidOf(publicPoint), state, publicPoint, since, privateKey };
}

function keptOf({ publicPoint, privateKey, state, since, kid }: RulesKey): KeptKey {
  const point = Buffer.from(publicPoint, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const jwk = privateKey?.export({ format: "jwk" }) ?? { kty: "EC", crv: "P-256", x: x!, y: y! };
  return { ...jwk, kid, state, ...(since !== null && { since }) };
}
