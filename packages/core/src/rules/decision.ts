import type { Channel } from "../event/event.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Fold } from "../profile/foldState.ts";
import type { Product } from "../profile/product.ts";
import type { UsualSize } from "../sizes/usualSize.ts";
import type { ProfileView } from "../profile/profileView.ts";
import type { ClauseTrace } from "./condition/index.ts";
import type { UsualFilter } from "../sizes/usualFilter.ts";
import type {
  ActionTexts,
  ChoiceWord,
  Ruleset,
  ScreenAction,
  SizeWord,
  SurveyKind,
  SurveyWord,
} from "./ruleset.ts";
import type { ShopFacts } from "./shopFacts.ts";

/** Why a decision is what it is. */
export type Reason = "targeting_match" | "split" | "default" | "disabled" | "stale" | "error";

/** The page a decision is for. */
export interface PageContext {
  path: string;
  query: Record<string, string>;
  /** Language tag of the page. */
  language: string;
  /** The article of a product page, as its sources describe it. */
  product?: Product;
  [key: string]: unknown;
}

/** Where a visitor's connection comes out, as far as the shop's proxy can tell. */
export interface Geo {
  /** ISO 3166-1: `DE`. */
  country: string;
  /** ISO 3166-2, with its country: `DE-BY`. */
  region?: string;
}

/** What a decision is made from besides ruleset, profile and clock. */
export interface DecisionContext {
  /** Bucketing key: the anonymous id at first exposure. */
  targetingKey: string;
  /** `isKnown`: the page has said who this is. */
  session: { isNew: boolean; isKnown?: boolean; [key: string]: unknown };
  page: PageContext;
  device: JsonObject;
  /** Purposes that may be used now: granted, or pending while the profile holds this page's facts only. */
  consent: readonly string[];
  /** How often each rule was shown on this device: this session, today, ever. What other devices showed is in the fold. */
  shown: Record<string, { session: number; day: number; ever: number }>;
  /** Where it is decided, as events from there say it: `web` on pages, `store` on mirrors. */
  channel?: Channel | undefined;
  /** Known of a device that may be remembered, and where the server is told; of nobody else. */
  geo?: Geo | undefined;
  /** The zone of `time.local`, an IANA name; this machine's own where absent, so a server has to say whose clock it means. */
  timeZone?: string | undefined;
  /** What only the page's own code knows: an OpenFeature evaluation context, the state of an app. */
  app?: JsonObject | undefined;
}

/** Content ready to be shown, and text ready to be read. */
export interface ContentOutcome {
  type:
    | "continueCategory"
    | "resume"
    | "message"
    | "reorder"
    | "recommend"
    | "availability"
    | "echoCreative"
    | "identifyPrompt";
  title?: string | undefined;
  text?: string | undefined;
  products: Product[];
  /** Where `label` leads. */
  href?: string | undefined;
  label?: string | undefined;
  image?: { src: string; alt: string } | undefined;
}

/** A question on a scale, ready to be asked. */
export interface SurveyOutcome {
  type: "survey";
  survey: string;
  kind: SurveyKind;
  title: string;
  text?: string | undefined;
  low: string;
  high: string;
  thanks?: string | undefined;
  /** What its buttons say. */
  words: Record<SurveyWord, string>;
}

/** A list for a mirror, and what stands above it. Of `usualSize`, each item's `size` is the one she usually takes. */
export interface ScreenOutcome {
  type: "screen";
  list: ScreenAction["list"];
  title?: string | undefined;
  text?: string | undefined;
  /** At least one. */
  items: Product[];
}

/** What the note at a size says; `{size}` is still to be filled in. */
export type SizeWords = Record<SizeWord, string>;

/** What an action came to. */
export type Outcome =
  | ContentOutcome
  | ScreenOutcome
  | SurveyOutcome
  | { type: "filters"; filters: UsualFilter[]; words: Record<ChoiceWord, string> }
  | { type: "store"; store: string; words: Record<ChoiceWord, string> }
  | { type: "prefill"; usual: Exclude<UsualSize, { kind: "none" }>; words: SizeWords }
  | { type: "value"; value: Json };

/** What became of one rule for a placement. */
export interface RuleTrace {
  rule: string;
  /** `won`, or why not. */
  result:
    | "won"
    | "lower_priority"
    | "no_match"
    | "no_consent"
    | "schedule"
    | "cap"
    | "not_in_ramp"
    | "excluded"
    | "control"
    | "no_content"
    | "error";
  clauses: ClauseTrace[];
  /** For `error`: a stable code. */
  code?: string;
}

/** The result for one placement; never absent, never thrown. */
export interface Decision {
  placement: string;
  reason: Reason;
  /** Absent when the shop's own default stands. */
  outcome?: Outcome;
  rule?: string;
  variant?: string | undefined;
  version?: number | undefined;
  /** One plain sentence for the shopper, in the page's language. */
  because?: string | undefined;
  /** Message ids of the events behind the value, newest first. */
  evidence: string[];
  trace: RuleTrace[];
}

/** What an action makes of a profile; the texts are filled for all actions alike. */
export interface Material {
  products?: Product[];
  href?: string | undefined;
  /** Texts in place of the action's own. */
  texts?: ActionTexts;
  /** What the rule's texts may name. */
  values?: Record<string, string | number>;
  image?: ContentOutcome["image"];
  /** Messages behind it, newest first. */
  evidence?: string[];
  /** The outcome itself, where it is not content. */
  outcome?: Outcome;
}

/** Actions by their type: what each makes of a profile and a page; undefined where there is nothing to show. */
export type ActionSet = Readonly<
  Record<string, (action: never, input: DecisionInput) => Material | undefined>
>;

/** Everything a decision is made from; `profile` is the view of `fold` at `now` (ms). */
export interface DecisionInput {
  ruleset: Ruleset | undefined;
  /** The actions that there are where it is decided; a page's when absent. A rule of any other action is off. */
  actions?: ActionSet;
  /** What was read of the shop for the actions that show it. */
  shop?: ShopFacts | undefined;
  fold: Fold;
  profile: ProfileView;
  context: DecisionContext;
  now: number;
}
