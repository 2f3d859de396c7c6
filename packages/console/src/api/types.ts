import type {
  Comparison,
  Decision,
  Experiment,
  Fold,
  Json,
  JsonObject,
  ProfileView,
  Rule,
  Ruleset,
  SampleRatio,
  SurveyScore,
} from "@vitrine/core";

/** Where every event went: each of those `created` stands in one of the next six. */
export interface Accounting {
  created: number;
  accepted: number;
  rejected: number;
  /** Still stored on devices, as each last said. */
  queued: number;
  /** Events that devices reported as dropped themselves, with a reason. */
  dropped: number;
  /** Events of finished page loads that never came. */
  gaps: number;
  /** Skipped so far by page loads that are not finished, and not said to be on the device. */
  unsettled: number;
  /** Accepted, rejected, queued and dropped ones. */
  accounted: number;
  /** Came again and were recognised. */
  duplicate: number;
  /** Refused and dropped events by reason. */
  rejections: Record<string, number>;
  drops: Record<string, number>;
}

/** One line of the list of devices. */
export interface DeviceRow {
  id: string;
  lastSeen: number;
  channel: string | null;
  /** Events still stored on it, as it last said; null when it does not say. */
  queued: number | null;
  /** Version of the ruleset that it goes by; null when it does not say. */
  rules: number | null;
  dropped: number;
  missing: number;
  unsettled: number;
}

/** Answer of `GET /v1/admin/devices/<id>`. */
export interface Device extends DeviceRow {
  /** Page loads that were followed. */
  writers: number;
  drops: Record<string, number>;
  /** Finished page loads with events that never came; `missing` are ranges, flat. */
  gaps: { writer: string; count: number; missing: number[] }[];
  /** Version of the ruleset that is live. */
  published: number | null;
}

/** What a kiosk says of itself. */
export interface Heartbeat {
  session: "idle" | "open" | "locked";
  camera: string;
  queue: number;
  version: string;
  rules: number | null;
  fps: number | null;
  /** Bytes. */
  diskFree: number | null;
  /** Seconds. */
  uptime: number | null;
}

/** What a kiosk can be told to do. */
export type CommandKind = "reload" | "restart" | "night" | "day" | "wipe";

/** One kiosk of the fleet. How it is says `heartbeat` alone. */
export interface KioskRow {
  id: string;
  name: string;
  store: string;
  state: "waiting" | "enrolled" | "revoked";
  createdAt: number;
  enrolledAt: number | null;
  heartbeat: Heartbeat | null;
  heartbeatAt: number | null;
  /** Those it has not reported as done. */
  commands: { id: string; kind: CommandKind; at: number; byName: string | null }[];
}

/** Answer of `GET /v1/admin/kiosks`. */
export interface Fleet extends Page<KioskRow> {
  /** Version of the ruleset that is live. */
  published: number | null;
  /** ms since 1970, the server's. */
  now: number;
}

/** A code that enrols a kiosk, shown once. */
export interface EnrolmentCode {
  kiosk: KioskRow;
  code: string;
  expiresAt: number;
}

/** Answer of `GET /v1/admin/overview`. */
export interface Overview {
  site: { id: string; siteKey: string; rulesKey: string };
  /** The tag a shop pastes into its pages. */
  scriptTag: string;
  /** The inline reader that stands above it, and the hash that a Content-Security-Policy allows it by. */
  firstPaint: { tag: string; hash: string } | null;
  accounting: Accounting;
  /** Accepted events of the last 60 minutes, oldest first. */
  perMinute: number[];
  identities: { total: number; day: number };
  /** Pages that are connected to the stream now. */
  streams: number;
  rules: { version: number | null; count: number; hasDraft: boolean };
  recommender: Recommender | null;
}

/** What shoppers are recommended by, and how both ways foretold the shop's newest clicks. */
export interface Recommender {
  by: "rules" | "visits";
  /** When it was chosen. */
  at: number;
  trial: {
    clicks: number;
    rules: { hitRate: number; reciprocalRank: number };
    visits: { hitRate: number; reciprocalRank: number };
    /** By how much the visits' MRR@20 is above the table's; null where too few clicks tell. */
    lead: { low: number; high: number } | null;
  };
}

/** An identity as the console shows it; personal ones are masked. */
export interface IdentityRef {
  namespace: string;
  id: string;
}

/** An event as the live list shows it: without traits and contact details. */
export interface LiveEvent {
  cursor: string;
  time: number;
  receivedAt: number;
  identity: IdentityRef;
  event: SlimEvent;
}

/** The readable part of an event. */
export interface SlimEvent {
  type: string;
  event?: string;
  messageId: string;
  userId?: string;
  properties: JsonObject;
  traits: JsonObject;
  context: JsonObject;
  /** True when its time is a guess that keeps the order. */
  uncertain?: boolean;
}

/** One line of the list of customers. */
export interface CustomerRow {
  identity: IdentityRef;
  /** A user id or other known identity that is joined to it. */
  known: IdentityRef[];
  firstSeen: number | null;
  lastSeen: number | null;
  events: number;
  lastCategory: string | null;
  orders: number;
}

/** A proven edge between two identities. */
export interface Join {
  id: string;
  a: IdentityRef;
  b: IdentityRef;
  how: string;
  at: number;
}

/** Answer of `GET /v1/admin/customers/<namespace>/<id>`. */
export interface Customer {
  identities: IdentityRef[];
  /** User ids that somebody said without proof; they join nothing. */
  claims: (IdentityRef & { at: number })[];
  joins: Join[];
  profile: ProfileView;
  /** Published segments that they are in, by name. */
  segments: string[];
  fold: Fold;
  revision: number;
  timeline: TimelineEntry[];
  /** Page loads that were followed, and events of finished ones that never came. */
  accounting: { writers: number; missing: number };
  now: number;
}

/** One event of a customer, newest first. */
export interface TimelineEntry {
  time: number;
  receivedAt: number;
  identity: IdentityRef;
  event: SlimEvent;
}

/** What a merchant edits. */
export interface RulesContent {
  rules: Rule[];
  groups?: Record<string, Json[]>;
  /** Named conditions on `profile.*`. */
  segments?: Record<string, JsonObject>;
}

/** Answer of `GET /v1/admin/rules`. */
export interface RulesState {
  /** Null while it is the same as what is live. */
  draft: RulesContent | null;
  /** Whether somebody else must publish what one wrote, and who wrote the draft last. */
  review: { isNeeded: boolean; writer: string | null; isYours: boolean };
  published: PublishedRules | null;
  history: RulesVersion[];
  /** ms since 1970. */
  now: number;
}

/** What is live. */
export interface PublishedRules extends RulesVersion {
  /** As the merchant wrote it. */
  content: RulesContent;
  /** As devices get it. */
  ruleset: Ruleset;
}

/** One publication. */
export interface RulesVersion {
  version: number;
  at: number;
  /** Key id, or `system`. */
  by: string;
  byName: string | null;
  note: string | null;
  rules: number;
  notAfter: number;
}

/** What is wrong with a document at a place. */
export interface RuleProblem {
  /** JSON pointer. */
  path: string;
  message: string;
}

/** What the linter found: nothing forbids it, but nobody would want it. */
export interface Finding {
  rule: string;
  code: string;
  /** An error keeps the rule from doing what it says; a notice is only good to know. */
  severity: "error" | "warning" | "notice";
  message: string;
}

/** Answer of `POST /v1/admin/rules/check`. */
export interface RulesCheck {
  problems: RuleProblem[];
  findings: Finding[];
}

/** Answer of `POST /v1/admin/rules/rehearse`: what rules would have done to the visitors of a time. */
export interface Rehearsal {
  from: number;
  to: number;
  people: number;
  isSample: boolean;
  rules: {
    rule: string;
    people: number;
    times: number;
    control: number;
    /** People who meet its conditions and are outside its ramp, or its part of a group. */
    outside: number;
    /** People for whom another rule stood in its placement, by that rule. */
    beaten: Record<string, number>;
    /** Facts it asks for that no visit tells; they counted as unknown. */
    untold: ("device" | "geo")[];
    because: string | null;
  }[];
}

/** Answer of `POST /v1/admin/rules/preview`: what opens a page of the shop with a draft. */
export interface MadePreview {
  token: string;
  expiresAt: number;
}

/** What is measured of a rule's variants. */
export type Metric = "conversion" | "revenue" | "sizeReturns";

/** Answer of `GET /v1/admin/rules/results/{rule}`. */
export interface RuleResults {
  rule: string;
  /** Null where the rule has no split; then there is no `tally` either. */
  experiment: Experiment | null;
  /** The share of visitors that it is for; 1 is everyone. */
  ramp: number;
  sinceVersion: number;
  since: number;
  at: number;
  tally: {
    variants: {
      variant: string;
      weight: number;
      visitors: number;
      /** The control has no comparison. */
      metrics: Record<Metric, { n: number; mean: number; comparison: Comparison | null }>;
    }[];
    ratio: SampleRatio;
    currency: string | null;
  } | null;
  /** Of a survey: what it came to, over all of its answers so far. */
  survey: SurveyScore | null;
  mixed: number;
  isSample: boolean;
}

/** A key of the site, never the secret itself. */
export interface KeyRow {
  id: string;
  kind: "site" | "secret";
  name: string;
  scopes: string[];
  /** Only of site keys, which are public. */
  text?: string;
  createdAt: number;
  revokedAt: number | null;
}

/** A public key of the rules. */
export interface RulesKeyRow {
  /** Its name. */
  kid: string;
  state: "current" | "next" | "retired";
  /** When it came into this state; null for the first key. */
  since: number | null;
}

/** The keys of the rules, and what the tag says of them. */
export interface RulesKeysState {
  items: RulesKeyRow[];
  rulesKey: string;
}

/** One line of the audit log. */
export interface AuditEntry {
  id: number;
  at: number;
  /** Key id, or `system`. */
  by: string;
  byName: string | null;
  action: string;
  details: JsonObject;
}

/** A page of a list; `next` is asked for with `after`. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

export type { Decision };

/** What a shopper at a kiosk asked the staff for. */
export interface StaffRequest {
  id: string;
  /** Name of the kiosk, and the store it stands in. */
  kiosk: string;
  store: string;
  sku: string;
  name: string;
  image_url: string | null;
  size: string;
  state: "open" | "coming" | "unavailable";
  /** ms since 1970. */
  at: number;
}
