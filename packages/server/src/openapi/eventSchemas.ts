import { count, flag, list, mapOf, nullable, object, ref, text, time, word, type Node } from "./parts.ts";

/** Schemas of events, profiles and answers of the collector. */
export const EVENT_SCHEMAS: Record<string, Node> = {
  Problem: {
    ...object(
      {
        type: text,
        title: text,
        status: { type: "integer" },
        detail: text,
        code: text,
        problems: list(ref("RuleProblem")),
      },
      ["problems"],
    ),
    description: "RFC 9457. `code` is stable and for programs; `detail` says what to do.",
  },
  Event: {
    ...object(
      {
        type: word("track", "page", "screen", "identify", "group", "alias"),
        event: { ...text, description: "Name of a `track`." },
        name: { ...text, description: "Name of a `page` or `screen`." },
        messageId: { ...text, description: "Unique; repeats are dropped by it." },
        anonymousId: text,
        userId: text,
        timestamp: { ...text, description: "ISO 8601." },
        sentAt: text,
        properties: { type: "object" },
        traits: { type: "object" },
        context: {
          type: "object",
          description: "`writer`, `channel`, `store`, `clock`, `consent`, `page`, `proof` are read.",
        },
      },
      [
        "event",
        "name",
        "messageId",
        "anonymousId",
        "userId",
        "timestamp",
        "sentAt",
        "properties",
        "traits",
        "context",
      ],
    ),
    description: "The Segment envelope. Unmodified Segment clients may send it.",
  },
  Batch: object(
    {
      writeKey: { ...text, description: "Site key or secret key; or send it in `Authorization`." },
      device: {
        ...text,
        description: "The device's secret: proves that events of its anonymous id are its own.",
      },
      sentAt: { ...text, description: "ISO 8601; corrects a wrong clock." },
      clock: {
        ...object({ writer: text, at: { type: "number", minimum: 0 } }, ["writer"]),
        description:
          "The sending page load, and its monotonic clock (ms) at `sentAt`: with `context.clock` it keeps times right when the wall clock is wrong or jumps.",
      },
      batch: { ...list(ref("Event")), maxItems: 500 },
      finished: list(object({ id: text, last: { type: "integer", minimum: 1 } })),
      queued: {
        ...count,
        description: "Events of this device that are still stored on it, beside those sent here.",
      },
      rules: { ...count, description: "Version of the ruleset that the device goes by." },
      timesAsGiven: { ...flag, description: "Secret keys only: take `timestamp` as the time, however old." },
    },
    ["writeKey", "device", "sentAt", "clock", "finished", "queued", "rules", "timesAsGiven"],
  ),
  EventResult: object(
    {
      messageId: text,
      status: word("accepted", "duplicate", "rejected"),
      reason: {
        ...text,
        description:
          "Of a rejection: `malformed`, `unknown_type`, `missing_name`, `missing_identity`, `message_id`, `too_large`, `too_deep`, `too_many_keys`, `too_old`, `bad_timestamp`, `device_proof_required`, `bad_writer`; of a sealed event also `unknown_kid`, `broken_seal`.",
      },
      time: { ...time, description: "The fixed time of an accepted event, ms." },
      uncertain: {
        ...flag,
        description:
          "True when the time was placed between neighbours: its page load never met the collector.",
      },
      proof: word("proven", "expired", "invalid", "other_person", "wrong_device"),
    },
    ["reason", "time", "uncertain", "proof"],
  ),
  BatchAnswer: object({ success: flag, results: list(ref("EventResult")) }),
  Identity: object({
    namespace: text,
    id: { ...text, description: "A keyed hash where the id is personal." },
  }),
  Fold: {
    type: "object",
    required: ["newest", "oldest"],
    properties: { newest: time, oldest: time },
    additionalProperties: true,
    description: "The mergeable state behind a profile; `profileView` of @vitrine/core reads it.",
  },
  Snapshot: object(
    {
      anonymousId: text,
      revision: count,
      fold: ref("Fold"),
      received: {
        ...mapOf(list({ type: "integer" })),
        description: "By writer: ranges of `seq`, flat, both ends included.",
      },
      identities: list(ref("Identity")),
      time,
      geo: {
        ...object({ country: text, region: text }, ["region"]),
        description:
          "Where the request came from, in the codes of ISO 3166 (`DE`, `DE-BY`), where the proxy says it; kept nowhere.",
      },
    },
    ["geo"],
  ),
  SignedRuleset: object({
    payload: { ...text, description: "JSON text of the ruleset; the signature covers exactly these bytes." },
    signature: {
      type: "string",
      pattern: "^[A-Za-z0-9_-]{86}$",
      description: "ECDSA P-256, SHA-256, r ‖ s, base64url.",
    },
    kid: { type: "string", pattern: "^[A-Za-z0-9_-]{8}$" },
  }),
  SlimEvent: object(
    {
      type: text,
      event: text,
      messageId: text,
      userId: text,
      properties: { type: "object" },
      traits: { type: "object" },
      context: { type: "object" },
      uncertain: { ...flag, description: "True when its time is a guess that keeps the order." },
    },
    ["event", "userId", "uncertain"],
  ),
  LiveEvent: object({
    cursor: text,
    time,
    receivedAt: time,
    identity: ref("Identity"),
    event: ref("SlimEvent"),
  }),
  TimelineEntry: object({ time, receivedAt: time, identity: ref("Identity"), event: ref("SlimEvent") }),
  CustomerRow: object({
    identity: ref("Identity"),
    known: list(ref("Identity")),
    firstSeen: nullable(time),
    lastSeen: nullable(time),
    events: count,
    lastCategory: nullable(text),
    orders: count,
  }),
  Join: object({ id: text, a: ref("Identity"), b: ref("Identity"), how: word("token", "server"), at: time }),
  Customer: object({
    identities: list(ref("Identity")),
    claims: list(object({ namespace: text, id: text, at: time })),
    joins: list(ref("Join")),
    profile: {
      type: "object",
      required: ["traits", "consent", "lastViewed", "recent", "sizes", "cart", "orders"],
    },
    segments: list(text),
    fold: ref("Fold"),
    revision: count,
    timeline: list(ref("TimelineEntry")),
    accounting: object({ writers: count, missing: count }),
    now: time,
  }),
};
