import { createHash } from "node:crypto";
import type { Database } from "./stores/database.ts";

/** What a secret key (or console session) may do. */
export type Scope = "write" | "read" | "rules" | "catalogue" | "stock" | "kiosk" | "console" | "admin";

/** All scopes. */
export const SCOPES: readonly Scope[] = [
  "write",
  "read",
  "rules",
  "catalogue",
  "stock",
  "kiosk",
  "console",
  "admin",
];

/** Who calls. */
export interface Principal {
  kind: "site" | "secret" | "console";
  siteId: string;
  /** Id of the key (of the key behind the session, for `console`). */
  keyId: string;
  /** Empty for a site key. */
  scopes: readonly Scope[];
}

/** A key as the console lists it; `text` only for site keys, which are public. */
export interface KeyInfo {
  id: string;
  kind: "site" | "secret";
  name: string;
  scopes: Scope[];
  createdAt: number;
  revokedAt: number | null;
  text?: string;
}

/** The keys of all sites. Secret ones are kept as SHA-256 only. */
export interface Keys {
  /** @returns the principal of a key text, or undefined for an unknown or revoked one. */
  check(text: string): Principal | undefined;
  /** Makes a key. `text` of a secret key is shown this once. */
  create(key: {
    siteId: string;
    kind: "site" | "secret";
    name: string;
    scopes: readonly Scope[];
  }): KeyInfo & { text: string };
  list(siteId: string): KeyInfo[];
  /** @returns false when there is no such key, or it was revoked before. */
  revoke(siteId: string, id: string): boolean;
}

/** True when the principal has the scope; `admin` has all. */
export function hasScope(principal: Principal, scope: Scope): boolean {
  return principal.scopes.includes(scope) || principal.scopes.includes("admin");
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

interface KeyRow {
  key_id: string;
  site_id: string;
  kind: "site" | "secret";
  name: string;
  scopes: string;
  text: string | null;
  created_at: number;
  revoked_at: number | null;
}

/** Creates the key store; all keys are in memory, by hash. */
export function createKeys(database: Database, clock: () => number, random: (bytes: number) => Buffer): Keys {
  const byHash = new Map<string, Principal>();
  const rows = database.sql("SELECT * FROM keys WHERE revoked_at IS NULL").all() as unknown as (KeyRow & {
    hash: string;
  })[];
  for (const row of rows) byHash.set(row.hash, principalOf(row));

  return {
    check: (text) => byHash.get(sha256(text)),
    create({ siteId, kind, name, scopes }) {
      const text =
        kind === "site" ? `vs_${random(16).toString("base64url")}` : `vk_${random(32).toString("base64url")}`;
      const id = `k_${random(8).toString("base64url")}`;
      const row: KeyRow = {
        key_id: id,
        site_id: siteId,
        kind,
        name,
        scopes: scopes.join(" "),
        text: kind === "site" ? text : null,
        created_at: clock(),
        revoked_at: null,
      };
      const insert =
        "INSERT INTO keys (key_id, site_id, kind, name, scopes, text, hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
      database.transaction(() =>
        database.sql(insert).run(id, siteId, kind, name, row.scopes, row.text, sha256(text), row.created_at),
      );
      byHash.set(sha256(text), principalOf(row));
      return { ...infoOf(row), text };
    },
    list(siteId) {
      const found = database
        .sql("SELECT * FROM keys WHERE site_id = ? ORDER BY created_at, key_id")
        .all(siteId);
      return (found as unknown as KeyRow[]).map(infoOf);
    },
    revoke(siteId, id) {
      const update =
        "UPDATE keys SET revoked_at = ? WHERE site_id = ? AND key_id = ? AND revoked_at IS NULL RETURNING hash";
      const row = database.transaction(() => database.sql(update).get(clock(), siteId, id)) as
        | { hash: string }
        | undefined;
      if (row) byHash.delete(row.hash);
      return row !== undefined;
    },
  };
}

function principalOf(row: KeyRow): Principal {
  return { kind: row.kind, siteId: row.site_id, keyId: row.key_id, scopes: scopesOf(row) };
}

function infoOf(row: KeyRow): KeyInfo {
  const info = {
    id: row.key_id,
    kind: row.kind,
    name: row.name,
    scopes: scopesOf(row),
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
  };
  return row.text === null ? info : { ...info, text: row.text };
}

const scopesOf = (row: KeyRow): Scope[] => SCOPES.filter((scope) => row.scopes.split(" ").includes(scope));
