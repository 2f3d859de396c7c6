import { createHash, webcrypto } from "node:crypto";
import {
  SEALED_EVENT_INFO,
  sealedAbout,
  sealTo,
  type SealedEvent,
  type TryOnReport,
  type Writer,
} from "@vitrine/core";

/** What a report is sealed with. */
export interface SealOptions {
  messageId: string;
  writer: Writer;
  /** The server's public point, base64url. */
  eventKey: string;
}

const bytesOf = new TextEncoder();

/**
 * Seals a report to the server: from then on this machine cannot read it either.
 * @throws Error when `eventKey` is no point of the curve
 */
export async function sealEvent(
  report: TryOnReport,
  { messageId, writer, eventKey }: SealOptions,
): Promise<SealedEvent> {
  const point = Buffer.from(eventKey, "base64url");
  const kid = createHash("sha256").update(point).digest("base64url").slice(0, 8);
  const envelope = { messageId, writer, kid };
  const context = {
    info: bytesOf.encode(SEALED_EVENT_INFO),
    aad: bytesOf.encode(sealedAbout(envelope)),
  };
  const plain = bytesOf.encode(JSON.stringify(report));
  const sealed = await sealTo(webcrypto.subtle, new Uint8Array(point), context, plain);
  return { ...envelope, sealed: Buffer.from(sealed).toString("base64url") };
}
