import type { Database } from "./database.ts";

/** Message ids of events without a trusted writer, for as long as a repeat is not `too_old`. */
export interface MessageStore {
  /** @returns false when that message had come before. */
  add(siteId: string, identity: string, messageId: string, receivedAt: number): boolean;
  erase(siteId: string, identity: string): void;
  prune(olderThan: number): number;
}

/** Creates the message store on SQLite. */
export function createMessageStore({ sql }: Database): MessageStore {
  const insert = sql(
    "INSERT INTO messages (site_id, identity, message_id, received_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
  );
  return {
    add: (siteId, identity, messageId, receivedAt) =>
      insert.run(siteId, identity, messageId, receivedAt).changes === 1,
    erase: (siteId, identity) =>
      void sql("DELETE FROM messages WHERE site_id = ? AND identity = ?").run(siteId, identity),
    prune: (olderThan) => Number(sql("DELETE FROM messages WHERE received_at < ?").run(olderThan).changes),
  };
}
