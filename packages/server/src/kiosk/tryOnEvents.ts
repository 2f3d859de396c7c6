import type { JsonObject, SealedEnvelope, TryOnEvent, TryOnReport } from "@vitrine/core";
import { catalogueOf } from "../catalogue/catalogueOf.ts";
import type { Services } from "../services.ts";
import { readAttribution } from "./attribution.ts";
import type { Kiosk } from "./kiosks.ts";

/**
 * A kiosk's report as an event of the Segment envelope: whose it is and where it happened is the server's word, what it
 * tells of an article is the catalogue's. Without a profile lent it belongs to the session, which is nobody's.
 */
export function tryOnEventOf(
  services: Services,
  kiosk: Kiosk,
  { messageId, writer }: SealedEnvelope,
  { event, session, attribution: text, timestamp, clock }: TryOnReport,
): JsonObject {
  const attribution = text === undefined ? undefined : readAttribution(services, kiosk, text);
  return {
    type: "track",
    event: event.name,
    messageId,
    anonymousId: attribution?.phone ?? `m_${session}`,
    timestamp,
    properties: propertiesOf(services, kiosk, event),
    context: {
      writer: { ...writer },
      channel: "store",
      store: { id: kiosk.store },
      kiosk: { id: kiosk.id },
      clock,
      // Of somebody who is not known nothing is folded but counts.
      consent: attribution?.consent ?? ["analytics"],
    },
  };
}

function propertiesOf(services: Services, { siteId, store }: Kiosk, event: TryOnEvent): JsonObject {
  const { name: _, ...said } = event;
  if (!("sku" in event)) return said;
  const found = catalogueOf(services).find(siteId, store, event.sku);
  if (!found) return { product_id: event.sku, ...said };
  const { sku, gtin: _gtin, ...known } = found.article;
  const told = Object.entries({ ...known, size: found.size }).filter(([, value]) => value !== null);
  return { product_id: sku, ...Object.fromEntries(told), ...said };
}
