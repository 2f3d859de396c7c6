import type { Database } from "../stores/database.ts";
import { splitIdentity } from "./personalId.ts";

/** How an edge was proven. */
export type JoinHow = "token" | "server";

/** A proven edge; `undoneAt` when it was taken back. */
export interface Join {
  id: number;
  a: string;
  b: string;
  how: JoinHow;
  at: number;
  undoneAt: number | null;
}

/** A `userId` that somebody claimed without proof. Joins nothing. */
export interface Claim {
  identity: string;
  claimed: string;
  firstAt: number;
}

/** What became of a proof. */
export type JoinOutcome = { kind: "joined"; id: number } | { kind: "already" } | { kind: "other_person" };

/** Which identities are one person. Every change belongs into the caller's transaction. */
export interface Graph {
  /** All identities joined with this one by proof, itself included, in order of their text. */
  members(siteId: string, identity: string): string[];
  claim(siteId: string, claim: Claim): void;
  join(siteId: string, edge: { a: string; b: string; how: JoinHow; at: number }): JoinOutcome;
  /** @returns the edge, or undefined when there is none or it was undone before. */
  undo(siteId: string, joinId: number, at: number): Join | undefined;
  /** Edges at any of these identities, undone ones included, oldest first. */
  joinsOf(siteId: string, identities: readonly string[]): Join[];
  /** Forgets every edge and claim at an identity, undone ones too. */
  erase(siteId: string, identity: string): void;
  /** Claims made by these identities. */
  claimsOf(siteId: string, identities: readonly string[]): Claim[];
}

/** Identities of one person that are followed; a guard against graphs nobody can own. */
const MAX_MEMBERS = 500;

/** Creates the graph on SQLite. */
export function createGraph({ sql }: Database): Graph {
  const neighbours = sql(`
    SELECT b AS identity FROM joins WHERE site_id = ?1 AND a = ?2 AND undone_at IS NULL
    UNION SELECT a FROM joins WHERE site_id = ?1 AND b = ?2 AND undone_at IS NULL`);
  const edge = sql("SELECT 1 FROM joins WHERE site_id = ? AND a = ? AND b = ? AND undone_at IS NULL");
  const insert = sql("INSERT INTO joins (site_id, a, b, how, at) VALUES (?, ?, ?, ?, ?)");
  const JOIN = "join_id AS id, a, b, how, at, undone_at AS undoneAt";

  const members = (siteId: string, identity: string): string[] => {
    const found = new Set([identity]);
    for (const member of found) {
      if (found.size >= MAX_MEMBERS) break;
      for (const row of neighbours.all(siteId, member)) found.add(row.identity as string);
    }
    return [...found].sort();
  };

  return {
    members,
    claim(siteId, { identity, claimed, firstAt }) {
      sql(
        "INSERT INTO claims (site_id, identity, claimed, first_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      ).run(siteId, identity, claimed, firstAt);
    },
    join(siteId, { a, b, how, at }) {
      const [from, to] = a < b ? [a, b] : [b, a];
      if (from === to || edge.get(siteId, from, to)) return { kind: "already" };
      const sides = [members(siteId, from), members(siteId, to)] as const;
      if (!sides[0].includes(to) && areTwoPeople(...sides, [from, to])) return { kind: "other_person" };
      return { kind: "joined", id: Number(insert.run(siteId, from, to, how, at).lastInsertRowid) };
    },
    undo(siteId, joinId, at) {
      const update = `UPDATE joins SET undone_at = ? WHERE site_id = ? AND join_id = ? AND undone_at IS NULL RETURNING ${JOIN}`;
      return sql(update).get(at, siteId, joinId) as Join | undefined;
    },
    joinsOf(siteId, identities) {
      const select = `SELECT ${JOIN} FROM joins WHERE site_id = ?1 AND
        (a IN (SELECT value FROM json_each(?2)) OR b IN (SELECT value FROM json_each(?2))) ORDER BY join_id`;
      return sql(select).all(siteId, JSON.stringify(identities)) as unknown as Join[];
    },
    erase(siteId, identity) {
      sql("DELETE FROM joins WHERE site_id = ?1 AND (a = ?2 OR b = ?2)").run(siteId, identity);
      sql("DELETE FROM claims WHERE site_id = ?1 AND (identity = ?2 OR claimed = ?2)").run(siteId, identity);
    },
    claimsOf(siteId, identities) {
      const select = `SELECT identity, claimed, first_at AS firstAt FROM claims WHERE site_id = ? AND
        identity IN (SELECT value FROM json_each(?)) ORDER BY first_at, claimed`;
      return sql(select).all(siteId, JSON.stringify(identities)) as unknown as Claim[];
    },
  };
}

/**
 * True when an edge would chain two people together: two user ids, on any path; or two ids of another known
 * namespace through a device. A person may well have two phones, but a device proves nothing of that.
 */
function areTwoPeople(left: string[], right: string[], edge: [string, string]): boolean {
  const viaDevice = edge.some((identity) => splitIdentity(identity).namespace === "anonymous");
  const namespaces = new Set(left.map((identity) => splitIdentity(identity).namespace));
  return right.some((identity) => {
    const { namespace } = splitIdentity(identity);
    return namespace !== "anonymous" && namespaces.has(namespace) && (namespace === "user" || viaDevice);
  });
}
