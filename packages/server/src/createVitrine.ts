import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pino } from "pino";
import { consoleLink } from "./console/consoleLink.ts";
import { createAudit } from "./audit.ts";
import { createHub } from "./hub.ts";
import { createHandler } from "./http/createHandler.ts";
import { openCollector } from "./ingest/collector.ts";
import { createKeys } from "./keys.ts";
import { MODULES } from "./modules.ts";
import { createMetrics } from "./observe/metrics.ts";
import { resolveOptions, type Settings, type VitrineOptions } from "./options.ts";
import type { Foundation, Services } from "./services.ts";
import { loadSecrets } from "./site/secrets.ts";
import { createSites, DEFAULT_SITE } from "./site/sites.ts";
import { streamsOf } from "./stream/streamsOf.ts";
import { lockFolder } from "./stores/lockFolder.ts";
import { openDatabase } from "./stores/database.ts";

/** A running collector, profile store and push server, to be put behind any `node:http` server. */
export interface Vitrine {
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
  /** Ends the streams, so that a server that is closing is not held open by them. */
  drain(): void;
  /** Makes everything durable and lets go of the files. */
  close(): Promise<void>;
  /** What the SDK's script tag needs. `rulesKey` says all keys that pages are to trust now, separated by spaces. */
  readonly site: { readonly id: string; readonly siteKey: string; readonly rulesKey: string };
  /** The secret key made with a new data folder; shown this once, later undefined. */
  readonly firstSecretKey: string | undefined;
  /** Makes a link that opens the console once, within a quarter of an hour. */
  consoleLink(): string;
  readonly services: Services;
}

/**
 * Opens (or creates) a data folder and starts everything that works on it.
 * @throws Error when another server works on the folder, or its keys do not fit its database
 */
export async function createVitrine(options: VitrineOptions): Promise<Vitrine> {
  const settings = resolveOptions(options);
  const unlock = lockFolder(settings.dataDir);
  try {
    return await start(openServices(options, settings), unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function start(services: Services, unlock: () => void): Promise<Vitrine> {
  const { sites, keys, secrets, database } = services;
  const isNew = !sites.has(DEFAULT_SITE);
  const firstSecretKey = isNew ? firstStart(services) : undefined;
  for (const module of MODULES) await module.start?.(services);
  const siteKey =
    keys.list(DEFAULT_SITE).find((key) => key.kind === "site" && key.revokedAt === null)?.text ?? "";
  return {
    handler: createHandler(services, MODULES),
    drain: () => streamsOf(services).close(),
    close: async () => {
      for (const module of MODULES.toReversed()) await module.stop?.(services);
      await services.collector.close();
      database.close();
      unlock();
    },
    site: {
      id: DEFAULT_SITE,
      siteKey,
      get rulesKey() {
        return secrets.rulesKeys.trusted();
      },
    },
    firstSecretKey,
    consoleLink: () => consoleLink(services),
    services,
  };
}

function openServices(options: VitrineOptions, settings: Settings): Services {
  const log = options.log ?? pino({ name: "vitrine" });
  const clock = options.clock ?? Date.now;
  const random = options.random ?? randomBytes;
  const secrets = loadSecrets(settings.dataDir, random);
  const database = openDatabase(
    join(settings.dataDir, "vitrine.db"),
    MODULES.flatMap((module) => module.migrations ?? []),
  );
  const foundation: Foundation = {
    settings,
    secrets,
    database,
    log,
    clock,
    random,
    sites: createSites(database, secrets, clock, random),
    keys: createKeys(database, clock, random),
    audit: createAudit(database, clock),
    hub: createHub((error) =>
      log.error({ err: error instanceof Error ? error.name : "unknown" }, "a listener failed"),
    ),
    metrics: createMetrics(),
    onFatal:
      options.onFatal ??
      ((error) => {
        log.fatal({ err: error.name }, "the disk cannot be trusted: restart and recover");
        process.exit(70);
      }),
  };
  return { ...foundation, collector: openCollector(foundation) };
}

function firstStart({ sites, keys, audit, database }: Services): string {
  return database.transaction(() => {
    sites.create(DEFAULT_SITE);
    keys.create({ siteId: DEFAULT_SITE, kind: "site", name: "site key", scopes: [] });
    const secret = keys.create({
      siteId: DEFAULT_SITE,
      kind: "secret",
      name: "first key",
      scopes: ["admin"],
    });
    audit.append({ siteId: DEFAULT_SITE, by: "system", action: "site.create" });
    return secret.text;
  });
}
