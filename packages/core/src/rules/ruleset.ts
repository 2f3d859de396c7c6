import type { Purpose } from "../consent/purpose.ts";
import type { Json, JsonObject } from "../json.ts";

/** Text per language tag; `en` is the fallback. `{category}`, `{size}`, `{count}` … are filled in. */
export type Texts = Record<string, string>;

/** What a rule does: on a page of the shop, or on a mirror. Each passes over what is the other's. */
export type Action = PageAction | ScreenAction;

/** What a rule does on a page; rendered by the SDK from text nodes and checked URLs, never HTML. */
export type PageAction =
  | ({ type: "continueCategory"; limit?: number } & ActionTexts)
  | ({ type: "resume"; what: "cart" | "list"; limit?: number; href: string } & ActionTexts)
  | ({ type: "message"; text: Texts } & ActionTexts)
  | PrefillAction
  | { type: "value"; value: Json }
  | ({ type: "reorder"; limit?: number; category?: string } & ActionTexts)
  | ({ type: "recommend"; limit?: number } & ActionTexts)
  | AvailabilityAction
  | EchoAction
  | SurveyAction
  | ({ type: "identifyPrompt"; text: Texts; label: Texts; href: string } & ActionTexts);

/**
 * What a store has of the article of the page, or of the one she viewed last: the store that she chose, else the one she visits
 * most, else `store`. The texts may name `{product}`, `{store}`, `{count}`, `{sizes}` and `{time}`, when the store counted.
 */
export interface AvailabilityAction extends ActionTexts {
  type: "availability";
  /** The store's id, for those whose own is not known. */
  store?: string;
  /** What stores are called, by id. */
  stores?: Record<string, string>;
}

/** The creative of the ad that brought her, picked by one parameter of the page's address: nothing about her is known or asked. */
export interface EchoAction {
  type: "echoCreative";
  /** Name of the parameter, such as `utm_content`. */
  parameter: string;
  /** At least one. */
  creatives: Creative[];
  /** Said with every creative that has no text of its own. */
  title?: Texts;
  text?: Texts;
}

/** One creative of the shop's own table. */
export interface Creative extends ActionTexts {
  /** What the parameter says. */
  value: string;
  image?: string;
  /** What the image shows, for those who do not see it; without it the image is decoration. */
  alt?: Texts;
}

/** Chooses for her at a control of the page, visibly. */
export interface PrefillAction {
  type: "prefill";
  what: "size" | "filters" | "store";
  /** What the note beside the control says; publishing fills it in. */
  words?: Partial<Record<SizeWord | ChoiceWord, Texts>>;
}

/** Names of what the note at a size says; `ask` stands before the sizes of two people. */
export type SizeWord = "change" | "suggest" | "take" | "ask";

/** Names of what the note at filters and stores says: `clear` takes the choice back. */
export type ChoiceWord = "clear";

/** The scale of a survey: 0 to 10, 1 to 7, 1 to 5. */
export type SurveyKind = "nps" | "ces" | "csat";

/** Asks one question on a scale. The answer is an event; an answered or dismissed survey does not come again. */
export interface SurveyAction {
  type: "survey";
  /** Names the survey; a rule of the same name goes on with its answers. */
  survey: string;
  kind: SurveyKind;
  /** The question. */
  title: Texts;
  text?: Texts;
  /** What the ends of the scale mean. */
  low: Texts;
  high: Texts;
  /** Said for an answer; words of ours when absent. */
  thanks?: Texts;
  /** What its buttons say; publishing fills it in. */
  words?: Partial<Record<SurveyWord, Texts>>;
}

/** Names of a survey's buttons. */
export type SurveyWord = "send" | "dismiss";

/**
 * What a rule shows on the mirror of a shopper who lent it her profile: what she looked at, what is in her cart, or the garments
 * whose size she usually takes is known.
 */
export interface ScreenAction {
  type: "screen";
  list: "recent" | "cart" | "usualSize";
  /** 6 when absent. */
  limit?: number;
  title?: Texts;
  text?: Texts;
}

/** What content may say. */
export interface ActionTexts {
  title?: Texts;
  text?: Texts;
  /** Text of the link to `href`. */
  label?: Texts;
  /** May name `{category}` too. */
  href?: string;
}

/** One rule: when its conditions hold, its action fills its placement. */
export interface Rule {
  id: string;
  placement: string;
  /** Higher first; 0 when absent. Equal priorities go by id. */
  priority?: number;
  /** Purposes it needs; `["personalization"]` when absent. */
  purposes?: Purpose[];
  /** GrowthBook-style condition on `profile.*`, `session.*`, `page.*`, `device.*`, `time.{zone}.*`, `geo.*`, `channel`; in a draft it may name a `$segment`. */
  when?: JsonObject;
  schedule?: Schedule;
  cap?: Cap;
  /**
   * The share of visitors it is for, above 0 and at most 1, in steps of 0.0001; everyone when absent. Raising it adds people and
   * changes nobody's variant; those outside are in no group of its experiment.
   */
  ramp?: number;
  exclusive?: Exclusive;
  experiment?: Experiment;
  /** The sentence that explains it to a shopper; publishing fills in the action's own when absent. */
  because?: Texts;
  action: Action;
}

/**
 * From and to as ISO instants, `to` exclusive. In a draft also as dates (`2026-11-01`), which publishing turns
 * into midnight in `timeZone`.
 */
export interface Schedule {
  from?: string | null;
  to?: string | null;
  /** IANA name, for drafts and for show; UTC when absent. */
  timeZone?: string;
}

/**
 * A rule's part of an exclusion group: it is for those visitors alone whose place in the group lies from `from` (included) to `to`
 * (excluded), both in 0..1. Rules of one group with parts that do not overlap never meet in a visitor, so that none changes what is
 * measured of another. GrowthBook's namespaces, with their hash.
 */
export interface Exclusive {
  group: string;
  from: number;
  to: number;
}

/** How often at most it may be shown to a shopper, on all devices that are known to be hers; in a session, on this one. */
export interface Cap {
  per: "session" | "day" | "ever";
  max: number;
}

/** A split of visitors; `control` shows the shop's default. */
export interface Experiment {
  key: string;
  weights: number[];
  variants: string[];
}

/**
 * Longest text of a ruleset that a page takes: each load reads it, and what it costs to decide grows with it. Publishing takes
 * 256,000: the rest is for what a later version's publishing may add, so that renewing never makes a ruleset too long.
 */
export const MAX_RULESET_CHARS = 300_000;

/** All rules of a site with a version. Data, never code. */
export interface Ruleset {
  site: string;
  /** Grows by at least one with each publication, roll-backs included. */
  version: number;
  /** ms since 1970; an expired ruleset is not applied. */
  notAfter: number;
  rules: Rule[];
  /** Saved groups for `$inGroup`. */
  groups?: Record<string, Json[]>;
}

/**
 * A ruleset as it travels and is stored: the exact text and an ECDSA P-256 (SHA-256, P1363) signature over it.
 */
export interface SignedRuleset {
  payload: string;
  /** base64url, 64 bytes. */
  signature: string;
  /** Key id: names the public key to check with. */
  kid: string;
}
