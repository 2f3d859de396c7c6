import { createHash } from "node:crypto";
import { envelope, happenings } from "./shopEvents.ts";

/** A round's worth of requests: what is sent over each connection, in order. */
export interface BatchPlan {
  siteKey: string;
  /** Events in a batch. */
  size: number;
  batches: number;
  connections: number;
  /** Devices that take turns on each connection. */
  devicesPerConnection: number;
  /** Each round is another page load of the same devices. */
  round: number;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");

/** Bodies of `POST /v1/batch` as devices send them, by connection: certified, sequenced, one writer a page load. */
export function deviceBatches(plan: BatchPlan): string[][] {
  const connections = Array.from({ length: plan.connections }, () => [] as string[]);
  const devices = plan.connections * plan.devicesPerConnection;
  const pages = Array.from({ length: devices }, (_, device) => openPage(plan, device));
  for (let batch = 0; batch < plan.batches; batch++) {
    // Device d always talks over connection d % connections, so its batches stay in order.
    connections[batch % plan.connections]!.push(pages[batch % devices]!());
  }
  return connections;
}

/** One page load of a device: gives its next batch at each call. */
function openPage(
  { siteKey, size, round, batches, connections, devicesPerConnection }: BatchPlan,
  device: number,
): () => string {
  const secret = sha256(`secret ${device}`);
  const anonymousId = `d_${sha256(secret).slice(0, 22)}`;
  const writerOf = (of: number) => sha256(`writer ${size} ${device} ${of}`).slice(0, 22);
  const source = happenings(device * 1000 + round);
  const devices = connections * devicesPerConnection;
  const sentBefore = Math.ceil((batches - device) / devices) * size;
  let seq = 0;
  return () => {
    const now = Date.now();
    // The first batch of a page load says that the page before is gone.
    const finished = seq === 0 && round > 0 ? [{ id: writerOf(round - 1), last: sentBefore }] : [];
    const batch = Array.from({ length: size }, () => {
      seq++;
      const event = envelope(source.next().value, `${writerOf(round)}-${seq}`, now);
      const context = { ...(event.context as object), writer: { id: writerOf(round), seq } };
      return { ...event, anonymousId, context };
    });
    return JSON.stringify({
      writeKey: siteKey,
      device: secret,
      sentAt: new Date(now).toISOString(),
      finished,
      batch,
    });
  };
}
