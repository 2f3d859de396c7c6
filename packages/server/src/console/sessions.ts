import { createHash } from "node:crypto";
import type { KeyInfo, Principal } from "../keys.ts";
import type { Services } from "../services.ts";

/** A login link is meant to be clicked where it was printed. */
export const LINK_LIFE_MS: number = 15 * 60_000;

/** A session ends after a working day of idleness, and after a week in any case. */
export const SESSION_IDLE_MS: number = 8 * 3_600_000;
export const SESSION_LIFE_MS: number = 7 * 86_400_000;

/** How exactly idleness is known; each note of it is a write. */
const SEEN_STEP_MS = 5 * 60_000;

/** Login links and sessions of the console. A session may do what the key behind it may, for as long as that key lives. */
export interface Sessions {
  /** @returns the token of a one-use link, good for {@link LINK_LIFE_MS}. */
  createLink(siteId: string, keyId: string): string;
  /** Spends a link. @returns the token of a new session, or undefined for a spent, expired or unknown link. */
  redeem(linkToken: string): string | undefined;
  /** Starts a session for a key that was just shown. */
  start(siteId: string, keyId: string): string;
  /** Who a session token stands for; undefined when it has ended. Counts as a sign of life. */
  check(token: string): Principal | undefined;
  /** True while the session has not ended. An open stream asks this: it alone keeps no session alive. */
  isOpen(token: string): boolean;
  end(token: string): void;
}

interface SessionRow {
  site_id: string;
  key_id: string;
  created_at: number;
  seen_at: number;
}

/** Opens the sessions. */
export function createSessions({ database, keys, clock, random }: Services): Sessions {
  const { sql, transaction } = database;
  const keyOf = (siteId: string, keyId: string): KeyInfo | undefined =>
    keys.list(siteId).find((key) => key.id === keyId && key.revokedAt === null);

  const start = (siteId: string, keyId: string): string => {
    const token = random(32).toString("base64url");
    const now = clock();
    transaction(() => {
      sql("DELETE FROM console_sessions WHERE seen_at < ? OR created_at < ?").run(
        now - SESSION_IDLE_MS,
        now - SESSION_LIFE_MS,
      );
      sql("INSERT INTO console_sessions VALUES (?, ?, ?, ?, ?)").run(hashOf(token), siteId, keyId, now, now);
    });
    return token;
  };

  const find = (token: string): { row: SessionRow; principal: Principal } | undefined => {
    const row = sql("SELECT * FROM console_sessions WHERE hash = ?").get(hashOf(token)) as
      | SessionRow
      | undefined;
    const now = clock();
    if (!row || now - row.seen_at >= SESSION_IDLE_MS || now - row.created_at >= SESSION_LIFE_MS)
      return undefined;
    const key = keyOf(row.site_id, row.key_id);
    if (!key) return undefined;
    return { row, principal: { kind: "console", siteId: row.site_id, keyId: key.id, scopes: key.scopes } };
  };

  return {
    start,
    createLink(siteId, keyId) {
      const token = random(32).toString("base64url");
      const now = clock();
      transaction(() => {
        sql("DELETE FROM console_links WHERE expires_at < ?").run(now);
        sql("INSERT INTO console_links VALUES (?, ?, ?, ?)").run(
          hashOf(token),
          siteId,
          keyId,
          now + LINK_LIFE_MS,
        );
      });
      return token;
    },
    redeem(linkToken) {
      const spend = "DELETE FROM console_links WHERE hash = ? RETURNING site_id, key_id, expires_at";
      const link = transaction(() => sql(spend).get(hashOf(linkToken))) as
        | { site_id: string; key_id: string; expires_at: number }
        | undefined;
      if (!link || link.expires_at <= clock() || !keyOf(link.site_id, link.key_id)) return undefined;
      return start(link.site_id, link.key_id);
    },
    check(token) {
      const found = find(token);
      if (found && clock() - found.row.seen_at >= SEEN_STEP_MS) {
        sql("UPDATE console_sessions SET seen_at = ? WHERE hash = ?").run(clock(), hashOf(token));
      }
      return found?.principal;
    },
    isOpen: (token) => find(token) !== undefined,
    end(token) {
      sql("DELETE FROM console_sessions WHERE hash = ?").run(hashOf(token));
    },
  };
}

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");
