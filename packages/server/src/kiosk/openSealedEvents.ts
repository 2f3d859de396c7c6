import { webcrypto } from "node:crypto";
import {
  isObject,
  openSealed,
  parseSealedEvent,
  parseTryOnReport,
  SEALED_EVENT_INFO,
  sealedAbout,
  type Json,
  type RecipientKey,
  type SealedEnvelope,
  type TryOnReport,
} from "@vitrine/core";
import type { EventKey } from "../site/secrets.ts";

/** What a kiosk sealed, or why it is refused; whichever, it says which of its events that was. */
export type OpenedEvent =
  | { ok: true; envelope: SealedEnvelope; report: TryOnReport }
  | {
      ok: false;
      envelope: Partial<SealedEnvelope> & Named;
      reason: "unknown_kid" | "broken_seal" | "malformed";
    };

interface Named {
  messageId: string;
}

/** Opens what a kiosk sent for a sealed event. */
export type SealOpener = (sent: Json) => Promise<OpenedEvent>;

const textOf = new TextDecoder();
const bytesOf = new TextEncoder();

/** An opener with the server's private key. */
export function createSealOpener({ privateJwk, publicPoint, kid }: EventKey): SealOpener {
  const { subtle } = webcrypto;
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const importing = subtle.importKey("jwk", privateJwk, curve, false, ["deriveBits"]);
  return async (sent) => {
    const parsed = parseSealedEvent(sent);
    if (!parsed) return { ok: false, envelope: { messageId: nameOf(sent) }, reason: "malformed" };
    const { sealed, ...envelope } = parsed;
    if (envelope.kid !== kid) return { ok: false, envelope, reason: "unknown_kid" };
    const key: RecipientKey = {
      privateKey: await importing,
      publicPoint: new Uint8Array(Buffer.from(publicPoint, "base64url")),
    };
    const context = {
      info: bytesOf.encode(SEALED_EVENT_INFO),
      aad: bytesOf.encode(sealedAbout(envelope)),
    };
    let plain: Uint8Array;
    try {
      plain = await openSealed(subtle, key, context, new Uint8Array(Buffer.from(sealed, "base64url")));
    } catch {
      return { ok: false, envelope, reason: "broken_seal" };
    }
    const report = readReport(plain);
    return report ? { ok: true, envelope, report } : { ok: false, envelope, reason: "malformed" };
  };
}

function readReport(plain: Uint8Array): TryOnReport | undefined {
  try {
    return parseTryOnReport(JSON.parse(textOf.decode(plain)));
  } catch {
    return undefined;
  }
}

const MAX_NAME_CHARS = 128;

const nameOf = (sent: Json): string =>
  isObject(sent) && typeof sent.messageId === "string" ? sent.messageId.slice(0, MAX_NAME_CHARS) : "";
