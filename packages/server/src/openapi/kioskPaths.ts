import { COMMANDS } from "../kiosk/commands.ts";
import {
  answer,
  body,
  count,
  inPath,
  nothing,
  nullable,
  object,
  other,
  pageOf,
  problem,
  query,
  ref,
  text,
  time,
  word,
  type Node,
} from "./parts.ts";

export interface Operation {
  id: string;
  summary: string;
  description?: string;
  responses: Record<string, Node>;
  parameters?: readonly Node[];
  requestBody?: Node;
}

/** An operation of an enrolled kiosk. */
export function ofKiosk({ id, responses, ...rest }: Operation): Node {
  return {
    tags: ["kiosks"],
    operationId: id,
    security: [{ key: [] }],
    ...rest,
    responses: {
      ...responses,
      "401": problem("No key, or it was revoked.", "unknown_key"),
      "403": problem("The key lacks the scope `kiosk`, or is no kiosk's.", "scope", "not_a_kiosk"),
      "429": problem("Too fast; see `Retry-After`.", "rate"),
    },
  };
}

/** An operation of a phone: a post that needs no preflight, its secret in the body. */
function ofPhone({ id, responses, requestBody, ...rest }: Operation): Node {
  return {
    tags: ["kiosks"],
    operationId: id,
    ...rest,
    requestBody,
    responses: {
      ...responses,
      "403": problem("A page of another origin.", "origin_not_allowed"),
      "429": problem("Too fast; see `Retry-After`.", "rate"),
    },
  };
}

/** An operation of the console. */
function ofConsole({ id, scope, responses, ...rest }: Operation & { scope: "console" | "admin" }): Node {
  return {
    tags: ["console"],
    operationId: id,
    description: `Scope: \`${scope}\`.`,
    security: [{ key: [] }, { session: [] }],
    ...rest,
    responses: {
      ...responses,
      "401": problem("No key and no session.", "unknown_key"),
      "403": problem("The key lacks the scope, or another page tried to write.", "scope", "cross_site"),
    },
  };
}

const PHONE_TYPES = ["text/plain", "application/json"];
const EXAMPLE_CODE = "q0Z8m3wKx1r5c7vYb2n4Tg";
const EXAMPLE_SECRET = "A".repeat(43);
const EXAMPLE_HEARTBEAT = {
  session: "idle",
  camera: "live",
  queue: 0,
  version: "0.1.0",
  rules: 4,
  fps: 30,
  diskFree: 5e9,
  uptime: 3600,
  done: [],
};

export const badRequest: Node = problem(
  "The body does not say what is needed.",
  "bad_request",
  "malformed_json",
);
const unknownCode = problem("It was used, or is older than a minute.", "unknown_code");
const unknownLease = problem("It has ended, or is another's.", "unknown_lease");
const unknownKiosk = problem("There is no such kiosk.", "unknown_kiosk");
const era: Node = {
  type: "integer",
  minimum: 1,
  description:
    "Which lock of this lease it is, by a count of the kiosk's that only rises. One that comes again, or late, changes nothing, so that it does not lock what her phone has opened since. Left out, it is a new one.",
};
const kioskId = inPath("id", "From the list.");
const kioskLease = answer("The lease.", ref("KioskLease"));
const phoneLease = answer("The lease.", ref("PhoneLease"));

const leaseBody = body(
  object({ lease: text, device: text }),
  { lease: EXAMPLE_CODE, device: EXAMPLE_SECRET },
  PHONE_TYPES,
);

function onKioskLease(id: string, summary: string, more: Record<string, Node> = {}): Node {
  return ofKiosk({
    id,
    summary,
    parameters: [inPath("id", "From the pairing.")],
    responses: { "200": kioskLease, ...more },
  });
}

function onPhoneLease(id: string, summary: string): Node {
  return ofPhone({
    id,
    summary,
    requestBody: leaseBody,
    responses: {
      "200": phoneLease,
      "400": problem("No secret of a device.", "malformed_device", "bad_request", "malformed_json"),
      "404": unknownLease,
    },
  });
}

/** What kiosks, the phones beside them, and the console's fleet page use. */
export const KIOSK_PATHS: Record<string, Node> = {
  "/v1/kiosk/enrol": {
    post: {
      tags: ["kiosks"],
      operationId: "enrolKiosk",
      summary: "An installer's code makes a machine the kiosk it was made for.",
      requestBody: body(object({ code: text }), { code: "K7QD-9M2X-4TVB" }),
      responses: {
        "201": answer("Who it is, and its key.", ref("Enrolled")),
        "400": badRequest,
        "401": problem("A wrong, used or old code.", "unknown_code"),
        "429": problem("Too fast; see `Retry-After`.", "rate"),
      },
    },
  },
  "/v1/kiosk/heartbeat": {
    post: ofKiosk({
      id: "sendHeartbeat",
      summary: "A kiosk tells how it is, and hears what it shall do.",
      description:
        "One that says `idle` ends what was lent on this kiosk, half a minute after it began. Commands come with every heartbeat until their id stands in `done`. Report `restart` and `reload` before you carry them out.",
      requestBody: body(ref("HeartbeatSent"), EXAMPLE_HEARTBEAT),
      responses: {
        "200": answer(
          "What to do, oldest first.",
          object({ commands: { type: "array", items: ref("KioskCommand") }, eventKey: text, rulesKey: text }),
        ),
        "400": badRequest,
      },
    }),
  },
  "/v1/kiosk/pairings": {
    post: ofKiosk({
      id: "createPairing",
      summary: "A code to show: good once, for a minute, at this kiosk.",
      description:
        "The four newest codes of a kiosk work beside each other, so that a new one can be shown before the last is too old. The first that is confirmed ends the others, and the lease before it.",
      responses: {
        "201": answer("The address behind the QR code.", object({ id: text, url: text, expiresAt: time })),
      },
    }),
  },
  "/v1/kiosk/rules": {
    get: ofKiosk({
      id: "readKioskRules",
      summary: "The published ruleset, signed; the mirror decides by it what it shows of a lent profile.",
      parameters: [query("known", count, "Version that the kiosk has.")],
      responses: {
        "200": answer("Newer rules.", ref("SignedRuleset")),
        "204": nothing("Nothing is published, or the kiosk has the newest version."),
      },
    }),
  },
  "/v1/kiosk/pairings/{id}": {
    get: ofKiosk({
      id: "readPairing",
      summary: "What became of a code; one that is not known has expired.",
      parameters: [inPath("id", "From the answer that made it.")],
      responses: {
        "200": answer(
          "Its state.",
          object({ state: word("waiting", "confirmed", "expired"), lease: ref("KioskLease") }, ["lease"]),
        ),
      },
    }),
  },
  "/v1/kiosk/leases/{id}": {
    get: onKioskLease("readLease", "The lease on this kiosk; one that is not known has ended."),
  },
  "/v1/kiosk/leases/{id}/lock": {
    post: {
      ...onKioskLease("lockLease", "The shopper left: ten minutes for her phone to open it again.", {
        "400": badRequest,
      }),
      requestBody: { ...body(object({ era }, ["era"]), { era: 1 }), required: false },
    },
  },
  "/v1/kiosk/leases/{id}/touch": {
    post: onKioskLease(
      "touchLease",
      "She does something: ten minutes from now, up to an hour after her word.",
    ),
  },
  "/v1/kiosk/leases/{id}/extend": {
    post: onKioskLease("extendLease", "Her word that she is still there: ten minutes from now, ten times.", {
      "409": problem("It is not open, or was extended often enough.", "no_extension"),
    }),
  },
  "/v1/kiosk/leases/{id}/end": { post: onKioskLease("endLease", "She is done.") },
  "/v1/pairings/read": {
    post: ofPhone({
      id: "readPairingCode",
      summary: "Which kiosk a code belongs to; spends nothing.",
      requestBody: body(object({ code: text }), { code: EXAMPLE_CODE }, PHONE_TYPES),
      responses: { "200": answer("The kiosk.", ref("PairingCode")), "400": badRequest, "404": unknownCode },
    }),
  },
  "/v1/pairings/confirm": {
    post: ofPhone({
      id: "confirmPairing",
      summary: "The shopper's word on her phone: lends the kiosk to her, for what she chose.",
      requestBody: body(
        object({
          code: text,
          device: {
            ...text,
            description: "The device's secret; a random one for a lease without a profile.",
          },
          scope: { type: "array", items: word("profile", "looks") },
        }),
        { code: EXAMPLE_CODE, device: EXAMPLE_SECRET, scope: ["profile", "looks"] },
        PHONE_TYPES,
      ),
      responses: {
        "201": phoneLease,
        "400": problem("Something is missing.", "malformed_device", "bad_request", "malformed_json"),
        "404": unknownCode,
      },
    }),
  },
  "/v1/leases/read": { post: onPhoneLease("readOwnLease", "The phone's own lease.") },
  "/v1/leases/reopen": {
    post: onPhoneLease("reopenLease", "Opens a locked lease again; no other phone can."),
  },
  "/v1/leases/end": { post: onPhoneLease("endOwnLease", "She is done, said on the phone.") },
  "/mirror": {
    get: {
      tags: ["kiosks"],
      operationId: "openPairingPage",
      summary: "The pairing page for shops that serve none of their own.",
      responses: { "200": other("The page.", "text/html") },
    },
  },
  "/v1/admin/kiosks": {
    get: ofConsole({
      id: "listKiosks",
      summary: "All kiosks with their newest heartbeat.",
      scope: "console",
      responses: {
        "200": answer("The fleet.", pageOf(ref("KioskRow"), { published: nullable(count), now: time })),
      },
    }),
    post: ofConsole({
      id: "createKiosk",
      summary: "Makes a kiosk and the code that enrols it.",
      scope: "admin",
      requestBody: body(object({ name: text, store: text }), { name: "Fitting room 2", store: "berlin" }),
      responses: { "201": answer("The code.", ref("EnrolmentCode")), "400": badRequest },
    }),
  },
  "/v1/admin/kiosks/{id}": {
    delete: ofConsole({
      id: "removeKiosk",
      summary: "Revokes a kiosk and takes it off the list.",
      scope: "admin",
      parameters: [kioskId],
      responses: { "204": nothing("It is gone."), "404": unknownKiosk },
    }),
  },
  "/v1/admin/kiosks/{id}/codes": {
    post: ofConsole({
      id: "createEnrolmentCode",
      summary: "Another code. Whoever enrols by it takes the place of the machine before.",
      scope: "admin",
      parameters: [kioskId],
      responses: { "201": answer("The code.", ref("EnrolmentCode")), "404": unknownKiosk },
    }),
  },
  "/v1/admin/kiosks/{id}/commands": {
    post: ofConsole({
      id: "commandKiosk",
      summary: "Tells a kiosk to do something with its next heartbeat.",
      scope: "admin",
      parameters: [kioskId],
      requestBody: body(object({ kind: word(...COMMANDS) }), { kind: "reload" }),
      responses: {
        "201": answer("It waits until the kiosk reports it as done.", ref("GivenCommand")),
        "400": badRequest,
        "404": unknownKiosk,
        "409": problem("Nothing listens there.", "not_enrolled"),
      },
    }),
  },
  "/v1/admin/kiosks/{id}/revoke": {
    post: ofConsole({
      id: "revokeKiosk",
      summary: "Revokes a kiosk's key at once, and ends the lease on it.",
      scope: "admin",
      parameters: [kioskId],
      responses: {
        "204": nothing("It is revoked."),
        "404": unknownKiosk,
        "409": problem("It has neither a key nor a code.", "nothing_to_revoke"),
      },
    }),
  },
};
