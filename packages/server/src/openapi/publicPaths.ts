import {
  answer,
  body,
  header,
  list,
  mapOf,
  nothing,
  nullable,
  object,
  other,
  problem,
  query,
  ref,
  text,
  type Node,
} from "./parts.ts";

const EXAMPLE_EVENT = {
  type: "track",
  event: "Product Viewed",
  messageId: "01980c1e-7a52-7c3e-9d1f-2f6a5c1b0e77",
  anonymousId: "d_9fK2mQ0vXb7Zt4LhYc1RwA",
  timestamp: "2026-11-22T10:15:00.000Z",
  properties: {
    product_id: "B4",
    name: "Pleated midi skirt",
    category: "Skirts",
    category_id: "skirts",
    price: 52,
    currency: "USD",
  },
  context: { channel: "web", consent: ["analytics", "personalization"] },
};

const EXAMPLE_RESULT = { messageId: EXAMPLE_EVENT.messageId, status: "accepted", time: 1795342500000 };

const intakeRefusals = {
  "400": problem("The body cannot be read.", "malformed_json", "too_deep", "malformed_gzip", "incomplete"),
  "401": problem("No such key.", "unknown_key"),
  "403": problem("The key may not be used so.", "origin_not_allowed", "scope"),
  "413": problem("More than 500 kB inflated, or more than 500 events.", "too_large"),
  "415": problem("Another content type or encoding.", "unknown_type", "unknown_encoding"),
  "429": problem("Too fast; see `Retry-After`.", "rate"),
  "503": problem("Overloaded; see `Retry-After`.", "overloaded", "not_ready"),
};

const intakeSecurity = [{}, { key: [] }, { basicKey: [] }];
const siteKey = query("site", text, "The site key.", true);

function intake(summary: string, operationId: string): Node {
  const example = { writeKey: "vs_…", sentAt: "2026-11-22T10:15:01.000Z", batch: [EXAMPLE_EVENT] };
  return {
    post: {
      tags: ["events"],
      operationId,
      summary,
      description:
        "Answers after the events are durable, for every event, in their order. Idempotent by `messageId`. `Content-Encoding: gzip` is understood.",
      security: intakeSecurity,
      requestBody: body(ref("Batch"), example, ["application/json", "text/plain"]),
      responses: {
        "200": answer("What became of every event.", ref("BatchAnswer"), {
          success: true,
          results: [EXAMPLE_RESULT],
        }),
        ...intakeRefusals,
      },
    },
  };
}

function single(name: string): Node {
  return {
    post: {
      tags: ["events"],
      operationId: `send-${name}`,
      summary: `One \`${SINGLE_TYPES[name]}\` event, as Segment clients send it.`,
      security: intakeSecurity,
      requestBody: body(ref("Event"), { ...EXAMPLE_EVENT, type: SINGLE_TYPES[name] }, [
        "application/json",
        "text/plain",
      ]),
      responses: {
        "200": answer("What became of it.", ref("BatchAnswer"), { success: true, results: [EXAMPLE_RESULT] }),
        ...intakeRefusals,
      },
    },
  };
}

/** Single-event paths, long and short, with the type they mean. */
const SINGLE_TYPES: Record<string, string> = {
  track: "track",
  t: "track",
  page: "page",
  p: "page",
  identify: "identify",
  i: "identify",
  screen: "screen",
  s: "screen",
  group: "group",
  g: "group",
  alias: "alias",
  a: "alias",
};

/** What shops, devices and operators use. */
export const PUBLIC_PATHS: Record<string, Node> = {
  "/v1/batch": intake("Take events in.", "sendBatch"),
  "/v1/b": intake("The same as batch, under its short name.", "sendB"),
  "/v1/import": intake("Take events in; the same as batch, named for imports.", "importBatch"),
  ...Object.fromEntries(Object.keys(SINGLE_TYPES).map((name) => [`/v1/${name}`, single(name)])),
  "/v1/profile": {
    get: {
      tags: ["devices"],
      operationId: "readProfile",
      summary: "A device reads what is known of its person.",
      security: [{ device: [] }],
      parameters: [
        siteKey,
        query("writers", text, "Writer ids, separated by commas; their received ranges are told."),
      ],
      responses: {
        "200": answer("The snapshot.", ref("Snapshot")),
        "401": problem("No such key, or no secret.", "unknown_key", "unknown_device"),
        "403": problem("A page of another origin.", "origin_not_allowed"),
      },
    },
  },
  "/v1/rules": {
    get: {
      tags: ["devices"],
      operationId: "readRules",
      summary: "The published ruleset, signed.",
      parameters: [siteKey, header("If-None-Match", "`ETag` of the version the device has.")],
      responses: {
        "200": {
          ...answer("Newer rules.", ref("SignedRuleset")),
          headers: { ETag: { description: "The version, as a weak tag.", schema: text } },
        },
        "204": nothing("Nothing is published."),
        "304": nothing("The device has the newest version."),
        "401": problem("No such key.", "unknown_key"),
        "403": problem("A page of another origin.", "origin_not_allowed"),
      },
    },
  },
  "/v1/next": {
    get: {
      tags: ["devices"],
      operationId: "readNext",
      summary:
        "What is clicked next, signed: for each article those that were clicked after it, built once a day.",
      parameters: [siteKey, header("If-None-Match", "`ETag` of the version the device has.")],
      responses: {
        "200": {
          ...answer("The table.", ref("SignedRuleset")),
          headers: { ETag: { description: "The version and the key, as a weak tag.", schema: text } },
        },
        "204": nothing("None is built yet: there were no visits, or somebody asks for the first time today."),
        "304": nothing("The device has the newest version."),
        "401": problem("No such key.", "unknown_key"),
        "403": problem("A page of another origin.", "origin_not_allowed"),
      },
    },
  },
  "/v1/next/after": {
    get: {
      tags: ["devices"],
      operationId: "readNextAfter",
      summary:
        "What follows the clicks of a visit under way, signed: a table with one row, for shops where the nearest visits (VMIS-kNN) foretell better than the table. Nothing of the question is kept.",
      parameters: [
        siteKey,
        query(
          "items",
          text,
          'Ids of what was clicked, the newest last, ten at most, as JSON: `["B4","B7"]`.',
          true,
        ),
      ],
      responses: {
        "200": answer("Up to 20 articles, never the last clicked.", ref("SignedRuleset")),
        "204": nothing("The shop's table foretells as well, or nobody clicked these before."),
        "400": problem("It does not say what was clicked.", "bad_request"),
        "401": problem("No such key.", "unknown_key"),
        "403": problem("A page of another origin.", "origin_not_allowed"),
        "429": problem("Too fast; see `Retry-After`.", "rate"),
      },
    },
  },
  "/v1/preview": {
    post: {
      tags: ["devices"],
      operationId: "readPreview",
      summary:
        "What a draft shows in the slots of a page, for whoever has the token of a preview. Counts nothing.",
      security: [{}],
      requestBody: body(
        object({
          token: text,
          path: text,
          query: mapOf(text),
          language: text,
          device: mapOf({}),
          placements: list(text),
        }),
        {
          token: "…",
          path: "/",
          query: {},
          language: "en",
          device: { width: 390 },
          placements: ["home-hero"],
        },
        ["application/json", "text/plain"],
      ),
      responses: {
        "200": answer(
          "By slot: the rule, and the content as data.",
          object({
            console: text,
            slots: list(object({ placement: text, rule: nullable(text), nodes: list({}) })),
          }),
        ),
        "404": problem("The preview has ended.", "unknown_preview"),
      },
    },
  },
  "/v1/stream": {
    get: {
      tags: ["devices"],
      operationId: "openStream",
      summary: "Server-Sent Events: word of a newer profile or ruleset.",
      description:
        '`event: state` with `{"revision":n,"rules":m}` and id `n.m`; a comment every 15 s. Without a secret only rules are told.',
      security: [{}, { device: [] }],
      parameters: [siteKey, header("Last-Event-ID", "The last id that was seen.")],
      responses: {
        "200": other("The stream.", "text/event-stream"),
        "401": problem("No such key, or a malformed secret.", "unknown_key", "unknown_device"),
        "403": problem("A page of another origin.", "origin_not_allowed"),
        "503": problem("Too many streams.", "overloaded"),
      },
    },
  },
  "/v1/device": {
    post: {
      tags: ["devices"],
      operationId: "keepDevice",
      summary: "Keeps the device's secret in a first-party cookie, or gives it back to an emptied browser.",
      requestBody: body(object({ writeKey: text, device: text }, ["device"]), { writeKey: "vs_…" }, [
        "text/plain",
        "application/json",
      ]),
      responses: {
        "200": answer("The secret from the cookie.", object({ device: text })),
        "204": nothing("It is kept now; or there was none to give back."),
        "400": problem("The body cannot be read.", "malformed_json", "malformed_device"),
        "401": problem("No such key.", "unknown_key"),
        "403": problem("A page of another site.", "origin_not_allowed"),
      },
    },
  },
  "/v1/openapi.json": {
    get: {
      tags: ["operation"],
      operationId: "readOpenApi",
      summary: "This document.",
      responses: {
        "200": answer("OpenAPI 3.1.", { type: "object", required: ["openapi", "info", "paths"] }),
      },
    },
  },
  "/health": {
    get: {
      tags: ["operation"],
      operationId: "readHealth",
      summary: "The process answers.",
      responses: { "200": answer("It does.", object({ status: text }), { status: "ok" }) },
    },
  },
  "/ready": {
    get: {
      tags: ["operation"],
      operationId: "readReadiness",
      summary: "The server takes events.",
      responses: {
        "200": answer("It does.", object({ status: text }), { status: "ready" }),
        "503": problem("Not now.", "not_ready"),
      },
    },
  },
  "/metrics": {
    get: {
      tags: ["operation"],
      operationId: "readMetrics",
      summary: "Figures for Prometheus.",
      responses: { "200": other("Text exposition format.", "text/plain") },
    },
  },
  "/v/{file}": {
    get: {
      tags: ["operation"],
      operationId: "readBundle",
      summary: "Files of the SDK, such as `vitrine.js`; immutable where a hash stands in the name.",
      parameters: [{ name: "file", in: "path", required: true, schema: text }],
      responses: {
        "200": other("The file.", "text/javascript"),
        "304": nothing("Unchanged."),
        "404": problem("No such file.", "not_found"),
      },
    },
  },
};
