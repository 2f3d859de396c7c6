import { SCOPES } from "../keys.ts";
import {
  answer,
  body,
  count,
  flag,
  inPath,
  list,
  nothing,
  nullable,
  object,
  other,
  pageOf,
  paging,
  problem,
  query,
  ref,
  text,
  time,
  word,
  type Node,
} from "./parts.ts";

const EXAMPLE_RULES = {
  rules: [
    {
      id: "home-continue",
      placement: "home-hero",
      priority: 50,
      purposes: ["personalization"],
      when: { "profile.lastViewed.category": { $exists: true }, "session.isNew": true },
      action: { type: "continueCategory", limit: 4, title: { en: "Still looking for {category}?" } },
    },
  ],
};

/** An operation as {@link operation} writes it down. */
export interface Operation {
  id: string;
  /** `console` unless said otherwise. */
  tag?: string;
  summary: string;
  scope: (typeof SCOPES)[number];
  responses: Record<string, Node>;
  parameters?: readonly Node[];
  requestBody?: Node;
}

/** An operation of the console, or of another server: a secret key with a scope, or a session. */
export function operation({ id, tag = "console", summary, scope, responses, ...rest }: Operation): Node {
  return {
    tags: [tag],
    operationId: id,
    summary,
    description: `Scope: \`${scope}\`. With a session, writes need the header \`X-Vitrine-Console: 1\` and the console's own origin.`,
    security: [{ key: [] }, { session: [] }],
    ...rest,
    responses: {
      ...responses,
      "401": problem("No key and no session.", "unknown_key"),
      "403": problem("The key lacks the scope, or another page tried to write.", "scope", "cross_site"),
    },
  };
}

/** The refusal of a body. */
export const badRequest: Node = problem(
  "The body does not say what is needed.",
  "bad_request",
  "malformed_json",
);
const rulesState = answer("Draft, published rules and history.", ref("RulesState"));
const published = answer("What is live now.", ref("PublishedRules"));

/** What the console uses, and scripts of the merchant. */
export const ADMIN_PATHS: Record<string, Node> = {
  "/v1/admin/session": {
    post: {
      tags: ["console"],
      operationId: "signIn",
      summary: "Starts a console session with a secret key.",
      requestBody: body(object({ key: text }), { key: "vk_…" }),
      responses: {
        "204": nothing("The session's cookie is set."),
        "401": problem("No such secret key.", "unknown_key"),
        "403": problem("The key lacks the scope console, or another page asked.", "scope", "cross_site"),
      },
    },
    delete: operation({
      id: "signOut",
      summary: "Ends the session.",
      scope: "console",
      responses: { "204": nothing("It has ended.") },
    }),
  },
  "/v1/admin/links": {
    post: operation({
      id: "createLink",
      summary: "Makes a link that opens the console once, with the powers of the key.",
      scope: "console",
      responses: { "201": answer("The link.", object({ url: text, expiresAt: time })) },
    }),
  },
  "/console/login": {
    get: {
      tags: ["console"],
      operationId: "followLink",
      summary: "Spends a one-use link.",
      parameters: [query("token", text, "From the link.", true)],
      responses: {
        "303": nothing("The session's cookie is set; the console follows."),
        "403": other("The link was spent or has expired.", "text/html"),
      },
    },
  },
  "/v1/admin/overview": {
    get: operation({
      id: "readOverview",
      summary: "The state of things in figures.",
      scope: "console",
      responses: { "200": answer("Figures.", ref("Overview")) },
    }),
  },
  "/v1/admin/accounting": {
    get: operation({
      id: "readAccounting",
      summary: "Where every event went.",
      scope: "console",
      responses: {
        "200": answer("Exact totals.", ref("Accounting"), {
          created: 12350,
          accounted: 12349,
          accepted: 12345,
          rejected: 2,
          queued: 2,
          dropped: 0,
          gaps: 1,
          unsettled: 0,
          duplicate: 17,
          rejections: { too_old: 2 },
          drops: {},
        }),
      },
    }),
  },
  "/v1/admin/events": {
    get: operation({
      id: "listEvents",
      summary: "The newest events, newest first.",
      scope: "console",
      parameters: paging,
      responses: { "200": answer("A page.", pageOf(ref("LiveEvent"))) },
    }),
  },
  "/v1/admin/stream": {
    get: operation({
      id: "openLiveStream",
      summary: "Server-Sent Events: `event` with a LiveEvent, `rules` with a version.",
      scope: "console",
      responses: { "200": other("The stream.", "text/event-stream") },
    }),
  },
  "/v1/admin/customers": {
    get: operation({
      id: "findCustomers",
      summary: "Customers by their newest event, or by the beginning of an id.",
      scope: "console",
      parameters: [
        query(
          "query",
          text,
          "A device id or user id from its beginning; an e-mail address or phone number whole.",
        ),
        ...paging,
      ],
      responses: { "200": answer("A page.", pageOf(ref("CustomerRow"))) },
    }),
  },
  "/v1/admin/customers/{namespace}/{id}": {
    get: operation({
      id: "readCustomer",
      summary: "One customer by any identity: profile, fold, timeline, joins, claims.",
      scope: "console",
      parameters: [inPath("namespace", "`anonymous`, `user` …"), inPath("id", "As it is kept.")],
      responses: {
        "200": answer("The customer.", ref("Customer")),
        "404": problem("Nothing is known of it.", "unknown_customer"),
      },
    }),
    delete: operation({
      id: "eraseCustomer",
      summary: "Erases a person for good, with all identities that were proven to be the same one.",
      scope: "admin",
      parameters: [inPath("namespace", "`anonymous`, `user` …"), inPath("id", "As it is kept.")],
      responses: {
        "200": answer("How many identities were erased.", object({ identities: count })),
        "404": problem("Nothing is known of it.", "unknown_customer"),
      },
    }),
  },
  "/v1/admin/joins/{id}/undo": {
    post: operation({
      id: "undoJoin",
      summary: "Takes two identities apart; each is then what it was without the other.",
      scope: "admin",
      parameters: [inPath("id", "From the customer's `joins`.")],
      responses: {
        "200": answer("What was joined.", object({ id: text, a: ref("Identity"), b: ref("Identity") })),
        "404": problem("No such join.", "unknown_join"),
      },
    }),
  },
  "/v1/admin/rules": {
    get: operation({
      id: "readRulesState",
      summary: "Draft, published rules and history.",
      scope: "console",
      responses: { "200": rulesState },
    }),
  },
  "/v1/admin/rules/history": {
    get: operation({
      id: "listVersions",
      summary: "Publications, newest first.",
      scope: "console",
      parameters: paging,
      responses: { "200": answer("A page.", pageOf(ref("RulesVersion"))) },
    }),
  },
  "/v1/admin/rules/versions/{version}": {
    get: operation({
      id: "readVersion",
      summary: "One publication with its content.",
      scope: "console",
      parameters: [inPath("version", "From the history.", { type: "integer" })],
      responses: {
        "200": answer("The publication.", ref("PublishedRules")),
        "404": problem("No such version.", "unknown_version"),
      },
    }),
  },
  "/v1/admin/rules/draft": {
    put: operation({
      id: "saveDraft",
      summary: "Replaces the draft.",
      scope: "rules",
      requestBody: body(ref("RulesContent"), EXAMPLE_RULES),
      responses: {
        "200": rulesState,
        "400": badRequest,
        "422": problem("The rules cannot be used; `problems` says where and why.", "invalid_rules"),
      },
    }),
    delete: operation({
      id: "discardDraft",
      summary: "Drops the draft.",
      scope: "rules",
      responses: { "200": rulesState },
    }),
  },
  "/v1/admin/rules/check": {
    post: operation({
      id: "checkRules",
      summary: "Says what is wrong and what is odd about rules, and keeps nothing.",
      scope: "console",
      requestBody: body(ref("RulesContent"), EXAMPLE_RULES),
      responses: {
        "200": answer(
          "What was found.",
          object({ problems: list(ref("RuleProblem")), findings: list(ref("Finding")) }),
        ),
        "400": badRequest,
      },
    }),
  },
  "/v1/admin/rules/review": {
    put: operation({
      id: "setReview",
      summary: "Says whether somebody else must publish what one wrote.",
      scope: "admin",
      requestBody: body(object({ isNeeded: flag }), { isNeeded: true }),
      responses: { "200": rulesState, "400": badRequest },
    }),
  },
  "/v1/admin/rules/preview": {
    post: operation({
      id: "previewRules",
      summary:
        "Makes a token by which a page of the shop shows these rules for ten minutes: to a new visitor; to `visitor` (`user:anna`) or one who meets a rule, which takes `admin`. `timeZone` stands for the visitor's own; UTC when absent.",
      scope: "console",
      requestBody: body(
        object(
          {
            content: ref("RulesContent"),
            visitor: nullable(text),
            meets: nullable(object({ rule: text, path: text })),
            timeZone: nullable(text),
          },
          ["visitor", "meets", "timeZone"],
        ),
        { content: EXAMPLE_RULES, visitor: null, meets: null, timeZone: "Europe/Berlin" },
      ),
      responses: {
        "200": answer(
          "The token; pages read it after `#vitrine-preview=`.",
          object({ token: text, expiresAt: time }),
        ),
        "400": badRequest,
        "404": problem(
          "Nothing is known of the visitor, or nobody meets the rule.",
          "unknown_customer",
          "nobody_meets",
        ),
        "422": problem("The rules cannot be used; `problems` says where and why.", "invalid_rules"),
      },
    }),
  },
  "/v1/admin/rules/rehearse": {
    post: operation({
      id: "rehearseRules",
      summary: "Says what rules would have done to the visitors of the last days, and keeps nothing.",
      scope: "console",
      parameters: [
        query("days", { type: "integer", minimum: 1, maximum: 400 }, "30 when absent."),
        query(
          "timeZone",
          text,
          "Stands for visitors' own (`time.local`) where events do not say it; UTC when absent.",
        ),
      ],
      requestBody: body(ref("RulesContent"), EXAMPLE_RULES),
      responses: {
        "200": answer(
          "By rule: who would have seen it, and what would have stood before it.",
          ref("Rehearsal"),
        ),
        "400": badRequest,
        "422": problem("The rules cannot be used; `problems` says where and why.", "invalid_rules"),
      },
    }),
  },
  "/v1/admin/rules/publish": {
    post: operation({
      id: "publishRules",
      summary: "Signs the draft and publishes it under the next version; open pages hear of it at once.",
      scope: "rules",
      requestBody: {
        ...body(object({ note: nullable(text) }, ["note"]), { note: "Coats for November" }),
        required: false,
      },
      responses: {
        "200": published,
        "400": badRequest,
        "409": problem("Nothing to publish, or somebody else must do it.", "no_draft", "needs_review"),
      },
    }),
  },
  "/v1/admin/rules/rollback": {
    post: operation({
      id: "rollBackRules",
      summary: "Publishes an older content under the next version.",
      scope: "rules",
      requestBody: body(object({ version: { type: "integer" } }), { version: 3 }),
      responses: {
        "200": published,
        "400": badRequest,
        "404": problem("No such version.", "unknown_version"),
        "409": problem("It is live already.", "is_current"),
      },
    }),
  },
  "/v1/admin/rules/results/{rule}": {
    get: operation({
      id: "readRuleResults",
      summary:
        "What a published rule did, by variant: conversion, revenue and returns for size, with intervals that may be looked at daily.",
      scope: "console",
      parameters: [inPath("rule", "The id of a published rule.")],
      responses: {
        "200": answer("Counted at most a minute ago.", ref("RuleResults")),
        "404": problem("No such rule.", "unknown_rule"),
      },
    }),
  },
  "/v1/admin/keys": {
    get: operation({
      id: "listKeys",
      summary: "Keys of the site; never a secret.",
      scope: "admin",
      responses: {
        "200": answer(
          "Keys, and the id of the one you came with.",
          object({ items: list(ref("Key")), yours: text }),
        ),
      },
    }),
    post: operation({
      id: "createKey",
      summary: "Makes a key; a secret one is shown in this answer only.",
      scope: "admin",
      requestBody: body(
        object({ kind: word("secret", "site"), name: text, scopes: list(word(...SCOPES)) }, [
          "kind",
          "scopes",
        ]),
        { kind: "secret", name: "till Berlin", scopes: ["write"] },
      ),
      responses: { "201": answer("The key with its text.", ref("Key")), "400": badRequest },
    }),
  },
  "/v1/admin/keys/{id}": {
    delete: operation({
      id: "revokeKey",
      summary: "Revokes a key at once and for good.",
      scope: "admin",
      parameters: [inPath("id", "From the list.")],
      responses: {
        "204": nothing("It is revoked."),
        "404": problem("No such key.", "unknown_key_id"),
        "409": problem("It is still needed.", "own_key", "last_site_key"),
      },
    }),
  },
  "/v1/admin/devices": {
    get: operation({
      id: "listDevices",
      summary: "Devices, the one that spoke last first: what is still on them, and what never came.",
      scope: "console",
      parameters: [...paging, query("only", word("trouble"), "Only devices with events that are not here.")],
      responses: { "200": answer("A page.", pageOf(ref("DeviceRow"), { published: nullable(count) })) },
    }),
  },
  "/v1/admin/devices/{id}": {
    get: operation({
      id: "readDevice",
      summary: "One device: its account, what it dropped and why, and which events never came.",
      scope: "console",
      parameters: [inPath("id", "The device's anonymous id.")],
      responses: {
        "200": answer("The device.", ref("Device")),
        "404": problem("Nothing is known of it.", "unknown_device"),
      },
    }),
  },
  "/v1/admin/audit": {
    get: operation({
      id: "readAudit",
      summary: "Who changed what, newest first; the first page says whether the chain of hashes is whole.",
      scope: "console",
      parameters: paging,
      responses: {
        "200": answer(
          "A page.",
          pageOf(ref("AuditEntry"), { chain: object({ brokenAt: nullable({ type: "integer" }) }) }),
        ),
      },
    }),
  },
};
