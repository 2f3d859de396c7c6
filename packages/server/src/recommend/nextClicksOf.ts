import { gzipSync } from "node:zlib";
import type { SignedRuleset } from "@vitrine/core";
import { createRulesSigner } from "../rules/rulesSigner.ts";
import type { Services } from "../services.ts";
import { buildNextClicks } from "./buildNextClicks.ts";

/** A table as devices read it: its version is the time it was built at. */
export interface PublishedNextClicks {
  version: number;
  signed: SignedRuleset;
  /** Its JSON, compressed once. */
  gzipped: Buffer;
}

/** A new one is built a day after the last. */
const BUILD_EVERY_MS = 86_400_000;

/** A new shop has no visits yet. */
const RETRY_MS = 600_000;

/** Devices without a network go on with it for so long. */
const LIFE_MS = 30 * 86_400_000;

interface Kept {
  /** When it was last begun to be built. */
  begun: number;
  published?: PublishedNextClicks | undefined;
}

const known = new WeakMap<Services, Map<string, Kept>>();

/** The newest table of a site; the first who asks in a day has a new one built, for those who come after. */
export function nextClicksOf(services: Services, siteId: string): PublishedNextClicks | undefined {
  const sites = known.get(services) ?? new Map<string, Kept>();
  known.set(services, sites);
  const now = services.clock();
  const kept = sites.get(siteId) ?? { begun: -Infinity };
  sites.set(siteId, kept);
  if (now - kept.begun >= BUILD_EVERY_MS) {
    kept.begun = now;
    void build(services, siteId, kept, now);
  }
  const { published } = kept;
  // The key has changed: pages that were told so late still trust the one before, those of tomorrow do not.
  if (published && published.signed.kid !== services.secrets.rulesKeys.current().kid)
    kept.published = sign(services, published.version, published.signed.payload);
  return kept.published;
}

function sign({ secrets }: Services, version: number, payload: string): PublishedNextClicks {
  const signed = createRulesSigner(secrets.rulesKeys.current()).sign(payload);
  return { version, signed, gzipped: gzipSync(JSON.stringify(signed), { level: 9 }) };
}

async function build(services: Services, siteId: string, kept: Kept, version: number): Promise<void> {
  try {
    const table = await buildNextClicks(services, siteId);
    if (!table) {
      kept.begun += RETRY_MS - BUILD_EVERY_MS;
      return;
    }
    // `kind` tells it from a ruleset, which is signed by the same key: neither passes for the other.
    const payload = { kind: "next", site: siteId, version, notAfter: version + LIFE_MS, ...table };
    kept.published = sign(services, version, JSON.stringify(payload));
  } catch (error) {
    services.log.error({ err: (error as Error).name }, "what is clicked next could not be built");
  }
}
