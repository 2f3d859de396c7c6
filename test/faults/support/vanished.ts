import type { Account } from "./checkDelivery.ts";
import type { FaultProxy } from "./faultProxy.ts";

interface Sent {
  messageId: string;
  anonymousId: string;
  userId?: string;
  event?: string;
  properties?: { id?: string; count?: number; product_id?: string };
}

/** Events that left, by message id: each once, however often it was sent. */
export function sentEvents({ batches }: FaultProxy): Sent[] {
  const all = batches.flatMap(({ body }) => (JSON.parse(body) as { batch: Sent[] }).batch);
  return [...new Map(all.map((event) => [event.messageId, event])).values()];
}

/** How many losses the device told the collector of. */
export function reportedLosses(network: FaultProxy): number {
  return sentEvents(network)
    .filter(({ event }) => event === "Events Dropped")
    .reduce((sum, { properties }) => sum + (properties?.count ?? 0), 0);
}

/**
 * What a device promises besides where nothing killed it: no event vanished, and every drop was reported, once.
 * @param rejected drops that are the collector's: it keeps the account of those
 */
export function vanished(
  { unpromised, gaps, dropped }: Account,
  network: FaultProxy,
  rejected: number = 0,
): string[] {
  const reported = reportedLosses(network) + rejected;
  return [
    ...(unpromised.length ? [`${unpromised.length} vanished: ${unpromised.slice(0, 5).join(", ")}`] : []),
    ...(gaps ? [`${gaps} places of finished page loads are missing`] : []),
    ...(reported === dropped ? [] : [`${reported} reported as dropped of ${dropped}`]),
  ];
}
