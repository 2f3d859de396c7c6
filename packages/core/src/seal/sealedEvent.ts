import { isObject, type Writer } from "../event/event.ts";
import { parseWriter } from "../event/parseContext.ts";

/** What of a sealed event anybody may read: enough to acknowledge, count and order it. */
export interface SealedEnvelope {
  messageId: string;
  writer: Writer;
  /** Names the public key that it is sealed to. */
  kid: string;
}

/** An event that only the server can read. */
export interface SealedEvent extends SealedEnvelope {
  /** Base64url: ephemeral point, ciphertext, tag. */
  sealed: string;
}

/** What the key of sealed events is for. */
export const SEALED_EVENT_INFO = "vitrine sealed event v1";

/** Of `sealed`, in characters: an event of a kiosk is a few hundred bytes. */
export const MAX_SEALED_LENGTH = 8192;

/** Point and tag alone. */
const MIN_SEALED_LENGTH = 108;

/** Stricter than for foreign events: only our own kiosks seal, and older Electrons cannot ask a text whether it is well formed. */
const MESSAGE_ID = /^[\w-]{1,128}$/;
const KID = /^[\w-]{8}$/;
const BASE64URL = /^[\w-]+$/;

/** What is authenticated with the ciphertext: nothing that stands in the open can be exchanged. */
export function sealedAbout({ messageId, writer: { id, seq }, kid }: SealedEnvelope): string {
  return JSON.stringify([kid, id, seq, messageId]);
}

/** Reads a sealed event; undefined when it is none. */
export function parseSealedEvent(value: unknown): SealedEvent | undefined {
  if (!isObject(value)) return undefined;
  const { kid, sealed } = value;
  const { messageId } = value;
  const writer = parseWriter(value.writer);
  if (typeof messageId !== "string" || !MESSAGE_ID.test(messageId)) return undefined;
  if (!writer || typeof kid !== "string" || !KID.test(kid)) return undefined;
  if (typeof sealed !== "string" || sealed.length < MIN_SEALED_LENGTH || sealed.length > MAX_SEALED_LENGTH)
    return undefined;
  return BASE64URL.test(sealed) ? { messageId, writer, kid, sealed } : undefined;
}
