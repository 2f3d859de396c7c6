import { seal, unseal } from "../site/seal.ts";
import type { Secrets } from "../site/secrets.ts";
import type { Database } from "../stores/database.ts";
import type { Contact } from "./scrubEvent.ts";

/** Contact details, each once, encrypted under a key of its identity: without the key they are gone. */
export interface ContactStore {
  keep(siteId: string, identity: string, contacts: readonly Contact[], at: number): void;
  read(siteId: string, identity: string): Contact[];
  /** Destroys the key, and with it every copy of the details, in backups too. */
  erase(siteId: string, identity: string): void;
}

/** Creates the store; keys of identities are wrapped by the master key. */
export function createContactStore(
  { sql }: Database,
  { masterKey }: Secrets,
  random: (bytes: number) => Buffer,
): ContactStore {
  const readKey = (siteId: string, identity: string): Buffer | undefined => {
    const row = sql("SELECT wrapped FROM data_keys WHERE site_id = ? AND identity = ?").get(siteId, identity);
    return row && unseal(masterKey, row.wrapped as Uint8Array, about(siteId, identity, "key"));
  };
  const makeKey = (siteId: string, identity: string): Buffer => {
    const key = random(32);
    const wrapped = seal(masterKey, key, about(siteId, identity, "key"), random);
    sql("INSERT INTO data_keys (site_id, identity, wrapped) VALUES (?, ?, ?)").run(siteId, identity, wrapped);
    return key;
  };

  return {
    keep(siteId, identity, contacts, at) {
      const key = readKey(siteId, identity) ?? makeKey(siteId, identity);
      for (const { kind, value } of contacts) {
        const sealed = seal(key, Buffer.from(value), about(siteId, identity, kind), random);
        sql(`INSERT INTO contacts (site_id, identity, kind, sealed, at) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (site_id, identity, kind) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`).run(
          siteId,
          identity,
          kind,
          sealed,
          at,
        );
      }
    },
    read(siteId, identity) {
      const key = readKey(siteId, identity);
      if (!key) return [];
      const rows = sql(
        "SELECT kind, sealed FROM contacts WHERE site_id = ? AND identity = ? ORDER BY kind",
      ).all(siteId, identity);
      return rows.map((row) => {
        const kind = row.kind as string;
        return {
          kind,
          value: unseal(key, row.sealed as Uint8Array, about(siteId, identity, kind)).toString(),
        };
      });
    },
    erase(siteId, identity) {
      sql("DELETE FROM data_keys WHERE site_id = ? AND identity = ?").run(siteId, identity);
      sql("DELETE FROM contacts WHERE site_id = ? AND identity = ?").run(siteId, identity);
    },
  };
}

const about = (...place: string[]): string => JSON.stringify(place);
