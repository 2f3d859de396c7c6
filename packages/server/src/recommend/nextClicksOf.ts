import { gzipSync } from "node:zlib";
import type { SignedRuleset } from "@vitrine/core";
import { createRulesSigner } from "../rules/rulesSigner.ts";
import type { Services } from "../services.ts";
import { buildNextClicks, type NearestVisits } from "./buildNextClicks.ts";
import type { Trial } from "./tryRecommenders.ts";

/** A table as devices read it: its version is the time it was built at. */
export interface PublishedNextClicks {
  version: number;
  signed: SignedRuleset;
  /** Its JSON, compressed once. */
  gzipped: Buffer;
  /** Which recommender was better on the shop's own visits. */
  trial: Trial;
  /** What pages are answered from, where that were the nearest visits. */
  nearest?: NearestVisits | undefined;
}

/** A new one is built a day after the last. */
const BUILD_EVERY_MS = 86_400_000;

/** A new shop has no visits yet. */
const RETRY_MS = 600_000;

/** Devices without a network go on with it for so long. */
const LIFE_MS = 30 * 86_400_000;

/** What is signed beside the table. `kind` tells it from a ruleset, which is signed by the same key: neither passes for the other. */
export const headOf = (siteId: string, version: number): Record<string, string | number> => ({
  kind: "next",
  site: siteId,
  version,
  notAfter: version + LIFE_MS,
});

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
    kept.published = { ...published, ...sign(services, published.signed.payload) };
  return kept.published;
}

/** What was built last, without having anything built; undefined where no page asked since the start. */
export const builtNextClicks = (services: Services, siteId: string): PublishedNextClicks | undefined =>
  known.get(services)?.get(siteId)?.published;

function sign({ secrets }: Services, payload: string): Pick<PublishedNextClicks, "signed" | "gzipped"> {
  const signed = createRulesSigner(secrets.rulesKeys.current()).sign(payload);
  return { signed, gzipped: gzipSync(JSON.stringify(signed), { level: 9 }) };
}

async function build(services: Services, siteId: string, kept: Kept, version: number): Promise<void> {
  try {
    const built = await buildNextClicks(services, siteId);
    if (!built) {
      kept.begun += RETRY_MS - BUILD_EVERY_MS;
      return;
    }
    const { table, trial, nearest } = built;
    const payload = JSON.stringify({ ...headOf(siteId, version), ...table, trial });
    kept.published = { version, ...sign(services, payload), trial, nearest };
  } catch (error) {
    services.log.error({ err: (error as Error).name }, "what is clicked next could not be built");
  }
}
