import { SCOPES } from "../keys.ts";
import { count, flag, list, mapOf, nullable, object, ref, text, time, word, type Node } from "./parts.ts";

const texts: Node = {
  ...mapOf(text),
  description: 'By language tag, such as {"en": "Welcome back"}; "en" is required.',
};
const by = { by: text, byName: nullable(text) };

/** One line of the list of devices. */
const DEVICE: Record<string, Node> = {
  id: text,
  lastSeen: time,
  channel: nullable(word("web", "app", "store", "pos", "server")),
  queued: nullable(count),
  rules: nullable(count),
  dropped: count,
  missing: count,
  unsettled: count,
};

const share: Node = { type: "number" };
const interval = object({ low: share, high: share });

/** How well a recommender foretold the next click: HR@20 and MRR@20. */
const foretold = object({ hitRate: share, reciprocalRank: share });

/** One metric of one variant. */
const measured = object({
  n: count,
  mean: share,
  comparison: nullable(
    object(
      {
        lift: share,
        interval,
        verdict: word("better", "worse", "open", "notEnough"),
      },
      ["interval", "lift"],
    ),
  ),
});

/** Schemas of rules, keys, the audit log and the overview. */
export const CONSOLE_SCHEMAS: Record<string, Node> = {
  Rule: object(
    {
      id: text,
      placement: text,
      priority: { type: "integer", minimum: -1000, maximum: 1000 },
      purposes: list(word("analytics", "personalization", "marketing", "camera")),
      when: { type: "object", description: "A condition on `profile.*`, `session.*`, `page.*`, `device.*`." },
      schedule: object({ from: nullable(text), to: nullable(text), timeZone: text }, [
        "from",
        "to",
        "timeZone",
      ]),
      cap: object({ per: word("session", "day", "ever"), max: { type: "integer", minimum: 1 } }),
      ramp: {
        type: "number",
        exclusiveMinimum: 0,
        maximum: 1,
        description:
          "The share of visitors it is for; everyone when absent. Raising it adds people and changes nobody's variant.",
      },
      exclusive: {
        ...object({
          group: text,
          from: { type: "number", minimum: 0, maximum: 1 },
          to: { type: "number", minimum: 0, maximum: 1 },
        }),
        description:
          "Its part of an exclusion group: visitors whose place in the group lies from `from` to below `to`, whom no other rule of the group with another part ever meets.",
      },
      experiment: object({ key: text, weights: list({ type: "number" }), variants: list(text) }),
      because: texts,
      action: ref("Action"),
    },
    ["priority", "purposes", "when", "schedule", "cap", "ramp", "exclusive", "experiment", "because"],
  ),
  Action: {
    type: "object",
    required: ["type"],
    properties: {
      type: word(
        "continueCategory",
        "resume",
        "prefill",
        "message",
        "value",
        "screen",
        "reorder",
        "recommend",
        "availability",
        "echoCreative",
        "survey",
        "identifyPrompt",
      ),
      what: word("cart", "list", "size", "filters", "store"),
      list: { ...word("recent", "cart", "usualSize"), description: "Of `screen`: what a mirror shows." },
      limit: { type: "integer", minimum: 1, maximum: 12 },
      title: texts,
      text: texts,
      label: texts,
      href: text,
      value: {},
      category: { ...text, description: "Of `reorder`: only what was bought of this category." },
      store: { ...text, description: "Of `availability`: the store of who has none." },
      stores: { ...mapOf(text), description: "Of `availability`: names of stores by id." },
      parameter: {
        ...text,
        description: "Of `echoCreative`: the address's parameter, such as `utm_content`.",
      },
      creatives: {
        ...list(
          object(
            { value: text, image: text, alt: texts, title: texts, text: texts, label: texts, href: text },
            ["image", "alt", "title", "text", "label", "href"],
          ),
        ),
        maxItems: 50,
      },
      survey: { ...text, description: "Of `survey`: its name." },
      kind: word("nps", "ces", "csat"),
      low: texts,
      high: texts,
      thanks: texts,
      words: {
        ...mapOf(texts),
        readOnly: true,
        description: "Of `survey` and `prefill`, as published: what buttons and notes say.",
      },
    },
  },
  RulesContent: object(
    {
      rules: { ...list(ref("Rule")), maxItems: 1000 },
      groups: mapOf({ type: "array" }),
      segments: {
        ...mapOf({ type: "object" }),
        description: 'Conditions on `profile.*` by name; a rule names one as {"$segment": "returning"}.',
      },
    },
    ["groups", "segments"],
  ),
  RuleProblem: object({ path: { ...text, description: "JSON pointer." }, message: text }),
  Finding: object({ rule: text, code: text, severity: word("error", "warning", "notice"), message: text }),
  RulesVersion: object({
    version: count,
    at: time,
    ...by,
    note: nullable(text),
    rules: count,
    notAfter: time,
  }),
  PublishedRules: object({
    version: count,
    at: time,
    ...by,
    note: nullable(text),
    rules: count,
    notAfter: time,
    content: ref("RulesContent"),
    ruleset: object(
      {
        site: text,
        version: count,
        notAfter: time,
        rules: list(ref("Rule")),
        groups: mapOf({ type: "array" }),
      },
      ["groups"],
    ),
  }),
  Experiment: object({ key: text, weights: list(share), variants: list(text) }),
  RuleResults: object({
    rule: text,
    experiment: nullable(ref("Experiment")),
    ramp: { ...share, description: "The share of visitors it is for; 1 is everyone." },
    sinceVersion: count,
    since: time,
    at: time,
    tally: nullable(
      object({
        variants: list(
          object({
            variant: text,
            weight: share,
            visitors: count,
            metrics: object({ conversion: measured, revenue: measured, sizeReturns: measured }),
          }),
        ),
        ratio: object({ p: share, isBroken: flag }),
        currency: nullable(text),
      }),
    ),
    survey: nullable(
      object({
        kind: word("nps", "ces", "csat"),
        answers: count,
        counts: { ...list(count), description: "By value, the lowest of the scale first." },
        top: { type: "integer", description: "Numerator over `answers`: the score before it is a number." },
        score: nullable({ type: "number" }),
      }),
    ),
    mixed: count,
    isSample: flag,
  }),
  Rehearsal: object({
    from: time,
    to: time,
    people: count,
    isSample: flag,
    rules: list(
      object({
        rule: text,
        people: count,
        times: count,
        control: count,
        outside: count,
        beaten: mapOf(count),
        because: nullable(text),
        untold: list(word("device", "geo")),
      }),
    ),
  }),
  RulesState: object({
    draft: nullable(ref("RulesContent")),
    review: object({ isNeeded: flag, writer: nullable(text), isYours: flag }),
    published: nullable(ref("PublishedRules")),
    history: list(ref("RulesVersion")),
    now: time,
  }),
  Key: object(
    {
      id: text,
      kind: word("site", "secret"),
      name: text,
      scopes: list(word(...SCOPES)),
      createdAt: time,
      revokedAt: nullable(time),
      text: { ...text, description: "Site keys only; of a secret key only in the answer that makes it." },
    },
    ["text"],
  ),
  AuditEntry: object({ id: count, at: time, ...by, action: text, details: { type: "object" }, hash: text }),
  Accounting: object({
    created: { ...count, description: "All events that devices made; each stands in one of the next six." },
    accepted: count,
    rejected: count,
    queued: { ...count, description: "Still stored on devices, as each last said." },
    dropped: count,
    gaps: { ...count, description: "Of finished page loads, and never came." },
    unsettled: {
      ...count,
      description:
        "Skipped so far by page loads that are not finished, and not said to be stored on the device.",
    },
    accounted: { ...count, description: "`accepted` + `rejected` + `queued` + `dropped`." },
    duplicate: { ...count, description: "Came again and were recognised; not among `created`." },
    rejections: mapOf(count),
    drops: mapOf(count),
  }),
  DeviceRow: object(DEVICE),
  Device: object({
    ...DEVICE,
    writers: { ...count, description: "Page loads that were followed." },
    drops: mapOf(count),
    gaps: list(
      object({
        writer: text,
        count,
        missing: { ...list(count), description: "Ranges of `seq`, flat: `[3, 5]` is 3 to 5." },
      }),
    ),
    published: nullable(count),
  }),
  Overview: object({
    site: object({ id: text, siteKey: text, rulesKey: text }),
    scriptTag: text,
    firstPaint: nullable(object({ tag: text, hash: text })),
    accounting: ref("Accounting"),
    perMinute: { ...list(count), minItems: 60, maxItems: 60 },
    identities: object({ total: count, day: count }),
    streams: count,
    rules: object({ version: nullable(count), count, hasDraft: { type: "boolean" } }),
    recommender: nullable(
      object({
        by: word("rules", "visits"),
        at: time,
        trial: object({
          clicks: count,
          rules: foretold,
          visits: foretold,
          lead: nullable({
            ...interval,
            description:
              "By how much the MRR@20 of the nearest visits is above the table's, with 99 % confidence; null where too few clicks tell.",
          }),
        }),
      }),
    ),
  }),
};
