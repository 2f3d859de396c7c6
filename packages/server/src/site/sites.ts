import type { Database } from "../stores/database.ts";
import type { Secrets } from "./secrets.ts";
import { seal, unseal } from "./seal.ts";

/** One shop. */
export interface Site {
  id: string;
  /** Key of the HMAC under which personal ids are kept. */
  hashKey: Buffer;
}

/** The sites of this server. */
export interface Sites {
  /** @throws Error for an unknown id: ids come from keys, so this is a fault of ours. */
  get(siteId: string): Site;
  create(siteId: string): Site;
  has(siteId: string): boolean;
}

/** The site every data folder starts with. */
export const DEFAULT_SITE = "default";

/** Opens the sites; their keys are wrapped by the master key. */
export function createSites(
  database: Database,
  { masterKey }: Secrets,
  clock: () => number,
  random: (bytes: number) => Buffer,
): Sites {
  const sites = new Map<string, Site>();
  for (const row of database.sql("SELECT site_id, hash_key FROM sites").all()) {
    const id = row.site_id as string;
    sites.set(id, { id, hashKey: unseal(masterKey, row.hash_key as Uint8Array, about(id)) });
  }
  return {
    has: (siteId) => sites.has(siteId),
    get(siteId) {
      const site = sites.get(siteId);
      if (!site) throw new Error(`no site ${siteId}`);
      return site;
    },
    create(siteId) {
      const site = { id: siteId, hashKey: random(32) };
      const insert = "INSERT INTO sites (site_id, hash_key, created_at) VALUES (?, ?, ?)";
      database.transaction(() =>
        database.sql(insert).run(siteId, seal(masterKey, site.hashKey, about(siteId), random), clock()),
      );
      sites.set(siteId, site);
      return site;
    },
  };
}

const about = (siteId: string): string => `site ${siteId}`;
