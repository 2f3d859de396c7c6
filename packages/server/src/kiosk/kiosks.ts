import { createHash } from "node:crypto";
import type { Services } from "../services.ts";
import type { Heartbeat } from "./heartbeat.ts";

/** An installer has this long to type a code in. */
export const ENROLMENT_LIFE_MS: number = 10 * 60_000;

/** `waiting`: never enrolled; `revoked`: its key is good for nothing any more. */
export type KioskState = "waiting" | "enrolled" | "revoked";

/** A kiosk on a shop's floor. */
export interface Kiosk {
  id: string;
  siteId: string;
  name: string;
  /** Id of the shop it stands in. */
  store: string;
  keyId: string | null;
  state: KioskState;
  /** ms since 1970, as are all times here. */
  createdAt: number;
  enrolledAt: number | null;
  /** The newest one. What is known of a kiosk's state is this, and never what it was asked to do. */
  heartbeat: Heartbeat | null;
  heartbeatAt: number | null;
}

/** A code that makes a machine the kiosk, once; shown this once. */
export interface EnrolmentCode {
  code: string;
  expiresAt: number;
}

/** The kiosks of all sites. */
export interface Kiosks {
  /** Newest first. */
  list(siteId: string): Kiosk[];
  find(siteId: string, id: string): Kiosk | undefined;
  /** The kiosk that a key was given to. */
  ofKey(keyId: string): Kiosk | undefined;
  create(kiosk: { siteId: string; name: string; store: string }): Kiosk;
  /** Makes a code; an earlier one of the kiosk no longer works. */
  createCode(kioskId: string): EnrolmentCode;
  /**
   * Spends a code: the kiosk gets a key, and the key it had before is revoked.
   * @returns undefined for a spent, expired or unknown code
   */
  enrol(code: string): { kiosk: Kiosk; key: string } | undefined;
  beat(kioskId: string, heartbeat: Heartbeat): void;
  /** Takes key and code away, at once. @returns false when it had neither */
  revoke(siteId: string, id: string): boolean;
  /** Revokes and forgets. @returns false when there is no such kiosk */
  remove(siteId: string, id: string): boolean;
}

interface Row {
  kiosk_id: string;
  site_id: string;
  name: string;
  store: string;
  key_id: string | null;
  created_at: number;
  enrolled_at: number | null;
  /** Of the key: it may have been revoked among the other keys. */
  revoked_at: number | null;
  heartbeat: string | null;
  heartbeat_at: number | null;
}

const SELECT = "SELECT kiosks.*, keys.revoked_at FROM kiosks LEFT JOIN keys ON keys.key_id = kiosks.key_id";

/** Opens the kiosks. */
export function createKiosks({ database, keys, clock, random }: Services): Kiosks {
  const { sql, transaction } = database;
  const read = (where: string, ...values: string[]): Kiosk | undefined => {
    const row = sql(`${SELECT} WHERE ${where}`).get(...values) as Row | undefined;
    return row && kioskOf(row);
  };
  const find = (siteId: string, id: string) => read("kiosks.site_id = ? AND kiosk_id = ?", siteId, id);
  const dropCodes = (id: string) => sql("DELETE FROM kiosk_codes WHERE kiosk_id = ?").run(id).changes > 0;

  const revoke = (siteId: string, id: string): boolean =>
    transaction(() => {
      const kiosk = find(siteId, id);
      if (!kiosk) return false;
      const hadCode = dropCodes(id);
      const hadKey = kiosk.keyId !== null && keys.revoke(siteId, kiosk.keyId);
      return hadKey || hadCode;
    });

  return {
    list: (siteId) =>
      (
        sql(`${SELECT} WHERE kiosks.site_id = ? ORDER BY kiosks.created_at DESC, kiosks.rowid DESC`).all(
          siteId,
        ) as unknown as Row[]
      ).map(kioskOf),
    find,
    ofKey: (keyId) => read("kiosks.key_id = ?", keyId),
    create({ siteId, name, store }) {
      const id = `ks_${random(8).toString("base64url")}`;
      const insert = "INSERT INTO kiosks (kiosk_id, site_id, name, store, created_at) VALUES (?, ?, ?, ?, ?)";
      transaction(() => sql(insert).run(id, siteId, name, store, clock()));
      return find(siteId, id)!;
    },
    createCode(kioskId) {
      const code = enrolmentCode(random);
      const expiresAt = clock() + ENROLMENT_LIFE_MS;
      transaction(() => {
        dropCodes(kioskId);
        sql("INSERT INTO kiosk_codes VALUES (?, ?, ?)").run(hashOf(code), kioskId, expiresAt);
      });
      return { code, expiresAt };
    },
    enrol(code) {
      return transaction(() => {
        const spend = "DELETE FROM kiosk_codes WHERE hash = ? RETURNING kiosk_id, expires_at";
        const spent = sql(spend).get(hashOf(code)) as { kiosk_id: string; expires_at: number } | undefined;
        if (!spent || spent.expires_at <= clock()) return undefined;
        const { siteId, name, keyId } = read("kiosk_id = ?", spent.kiosk_id)!;
        if (keyId !== null) keys.revoke(siteId, keyId);
        const key = keys.create({ siteId, kind: "secret", name: `kiosk ${name}`, scopes: ["kiosk"] });
        const update =
          "UPDATE kiosks SET key_id = ?, enrolled_at = ?, heartbeat = NULL, heartbeat_at = NULL WHERE kiosk_id = ?";
        sql(update).run(key.id, clock(), spent.kiosk_id);
        sql("DELETE FROM kiosk_commands WHERE kiosk_id = ?").run(spent.kiosk_id);
        return { kiosk: find(siteId, spent.kiosk_id)!, key: key.text };
      });
    },
    beat(kioskId, heartbeat) {
      const update = "UPDATE kiosks SET heartbeat = ?, heartbeat_at = ? WHERE kiosk_id = ?";
      sql(update).run(JSON.stringify(heartbeat), clock(), kioskId);
    },
    revoke,
    remove(siteId, id) {
      return transaction(() => {
        revoke(siteId, id);
        return sql("DELETE FROM kiosks WHERE site_id = ? AND kiosk_id = ?").run(siteId, id).changes > 0;
      });
    },
  };
}

const kioskOf = (row: Row): Kiosk => ({
  id: row.kiosk_id,
  siteId: row.site_id,
  name: row.name,
  store: row.store,
  keyId: row.key_id,
  state: row.revoked_at !== null ? "revoked" : row.key_id === null ? "waiting" : "enrolled",
  createdAt: row.created_at,
  enrolledAt: row.enrolled_at,
  heartbeat: row.heartbeat === null ? null : (JSON.parse(row.heartbeat) as Heartbeat),
  heartbeatAt: row.heartbeat_at,
});

/** Without letters and digits that look alike; 60 bits, which with ten minutes and a bounded rate nobody guesses. */
const ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

function enrolmentCode(random: (bytes: number) => Buffer): string {
  const letters = [...random(12)].map((byte) => ALPHABET[byte % ALPHABET.length]!).join("");
  return letters.replace(/(.{4})(?=.)/g, "$1-");
}

/** Typed by hand: case, spaces and dashes do not count. */
const hashOf = (code: string): string =>
  createHash("sha256").update(code.toUpperCase().replace(/[\s-]/g, "")).digest("base64url");
