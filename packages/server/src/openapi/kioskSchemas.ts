import { count, list, nullable, object, ref, text, time, word, type Node } from "./parts.ts";

const place = object({ name: text, store: { ...text, description: "Id of the shop it stands in." } });
const scope: Node = {
  ...list(word("profile", "looks")),
  description:
    "What the shopper allowed on her phone: `looks` always; `profile` is what the shop knows of her.",
};
const state = word("open", "locked", "ended");
const number: Node = { type: "number", minimum: 0 };

/** Fields of a heartbeat; those after `version` may be left out. */
const HEARTBEAT: Record<string, Node> = {
  session: word("idle", "open", "locked"),
  camera: { ...text, description: "Its state in one word, such as `live`, `absent`, `denied`." },
  queue: { ...number, description: "Events that wait in its outbox." },
  version: text,
  rules: { ...nullable(number), description: "Version of the ruleset it goes by." },
  fps: nullable(number),
  diskFree: { ...nullable(number), description: "Bytes." },
  uptime: { ...nullable(number), description: "Seconds since its shell started." },
};

/** Schemas of kiosks. */
export const KIOSK_SCHEMAS: Record<string, Node> = {
  Heartbeat: object(HEARTBEAT),
  HeartbeatSent: object(
    {
      ...HEARTBEAT,
      done: { ...list(text), description: "Ids of commands that were carried out; they do not come again." },
    },
    ["queue", "rules", "fps", "diskFree", "uptime", "done"],
  ),
  KioskCommand: object({ id: text, kind: word("reload", "restart", "night", "day", "wipe") }),
  KioskRow: object({
    id: text,
    name: text,
    store: text,
    state: {
      ...word("waiting", "enrolled", "revoked"),
      description: "Whether it may call. How it is says `heartbeat` alone.",
    },
    createdAt: time,
    enrolledAt: nullable(time),
    heartbeat: nullable(ref("Heartbeat")),
    heartbeatAt: nullable(time),
    commands: { ...list(ref("GivenCommand")), description: "Those it has not reported as done." },
  }),
  GivenCommand: object({
    id: text,
    kind: word("reload", "restart", "night", "day", "wipe"),
    at: time,
    by: text,
    byName: nullable(text),
  }),
  EnrolmentCode: object({
    kiosk: ref("KioskRow"),
    code: { ...text, description: "For the installer, once, within ten minutes. Shown in this answer only." },
    expiresAt: time,
  }),
  Enrolled: object({
    kioskId: text,
    name: text,
    store: text,
    site: { ...text, description: "The site key, for the SDK of the kiosk's page." },
    rulesKey: text,
    eventKey: {
      ...text,
      description:
        "Public point of P-256, base64url: to it the kiosk seals its events. Heartbeats tell it anew.",
    },
    key: { ...text, description: "The kiosk's secret key, shown in this answer only." },
    shopUrl: { ...text, description: "Origin of the shop's pages." },
  }),
  KioskLease: object(
    {
      id: text,
      scope,
      state,
      until: { ...time, description: "When it ends by itself." },
      left: { ...number, description: "ms until then, for a kiosk whose clock is wrong." },
      extensionsLeft: count,
      profile: {
        type: "object",
        description:
          "A profile view as rules read it, without traits, contacts, searches, lists and orders; only while the lease is open and its scope has `profile`.",
      },
      attribution: {
        ...text,
        description:
          "Goes with try-on events, and tells this server alone whose they are; there with the profile.",
      },
      unknown: {
        const: true,
        description:
          "There is no such lease of this kiosk, so that its state is `ended`; a restart of the server leaves none. What the phone lent goes, and what the shopper made here may stay.",
      },
    },
    ["profile", "attribution", "unknown"],
  ),
  SealedEvent: object({
    messageId: text,
    writer: object({ id: text, seq: { type: "integer", minimum: 1 } }),
    kid: { ...text, description: "Names the public key." },
    sealed: {
      ...text,
      description:
        "HPKE (RFC 9180; DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM; mode base), base64url: encapsulated key, then ciphertext. `info` is `vitrine sealed event v1`; `aad` the JSON text of `[kid, writer.id, writer.seq, messageId]`.",
    },
  }),
  PhoneLease: object({ lease: text, state, until: time, scope, kiosk: place }),
  PairingCode: object({ kiosk: place, expiresAt: time }),
};
