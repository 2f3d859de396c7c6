import type { Action, Json, JsonObject, Purpose, Rule, Texts } from "@vitrine/core";

/** A text that a shopper reads, by language. `because` stands at the rule, the others in its action. */
export type TextName = "title" | "text" | "label" | "low" | "high" | "thanks" | "because";

/** What an action asks for besides its texts. */
export type ActionField = "limit" | "what" | "list" | "kind" | "survey" | "category" | "store" | "href";

/** How one type of action is filled in. */
export interface ActionForm {
  fields: readonly ActionField[];
  /** What fields may say that are one of a few words. */
  choices?: Readonly<Partial<Record<ActionField, readonly string[]>>>;
  texts: readonly TextName[];
  /** Texts and fields it cannot do without. */
  required: readonly (TextName | ActionField)[];
  /** What its texts may name in braces. */
  fills: readonly string[];
  /** What shoppers must have agreed to besides personalisation. */
  needs?: readonly Purpose[];
  /** Where its content usually stands. */
  placement: string;
  /** What a new one begins with. */
  fresh: JsonObject;
}

const CONTENT: readonly TextName[] = ["title", "text", "label", "because"];

/** The actions that the form can fill in, in the order in which they are offered. */
export const ACTION_FORMS: Readonly<Record<string, ActionForm>> = {
  continueCategory: {
    fields: ["limit", "href"],
    texts: CONTENT,
    required: [],
    fills: ["category"],
    placement: "home-hero",
    fresh: {
      limit: 4,
      title: { en: "Still looking for {category}?" },
      label: { en: "All {category}" },
    },
  },
  resume: {
    fields: ["what", "limit", "href"],
    choices: { what: ["cart", "list"] },
    texts: CONTENT,
    required: ["href"],
    fills: ["count"],
    placement: "home-resume",
    fresh: {
      what: "cart",
      limit: 3,
      title: { en: "Your cart is as you left it" },
      label: { en: "Go to your cart" },
      href: "/cart",
    },
  },
  message: {
    fields: ["href"],
    texts: CONTENT,
    required: ["text"],
    fills: [],
    placement: "announcement",
    fresh: { text: { en: "" } },
  },
  recommend: {
    fields: ["limit"],
    texts: CONTENT,
    required: [],
    fills: ["product"],
    placement: "pdp-note",
    fresh: { limit: 4, title: { en: "Seen next by others" } },
  },
  reorder: {
    fields: ["limit", "category"],
    texts: CONTENT,
    required: [],
    fills: ["product", "count"],
    placement: "home-resume",
    fresh: { limit: 3, title: { en: "Buy it again" } },
  },
  availability: {
    fields: ["store"],
    texts: CONTENT,
    required: ["text"],
    fills: ["product", "store", "count", "sizes", "time"],
    placement: "pdp-note",
    fresh: { text: { en: "{store} has {product} in {sizes}." } },
  },
  survey: {
    fields: ["survey", "kind"],
    needs: ["analytics"],
    choices: { kind: ["nps", "csat", "ces"] },
    texts: ["title", "text", "low", "high", "thanks", "because"],
    required: ["survey", "title", "low", "high"],
    fills: [],
    placement: "home-resume",
    fresh: {
      survey: "recommend-us",
      kind: "nps",
      title: { en: "Would you tell a friend about us?" },
      low: { en: "Not at all" },
      high: { en: "Surely" },
    },
  },
  identifyPrompt: {
    fields: ["href"],
    texts: CONTENT,
    required: ["text", "label", "href"],
    fills: [],
    placement: "announcement",
    fresh: {
      text: { en: "Sign in, and your cart is there on your phone, too." },
      label: { en: "Sign in" },
      href: "/account",
    },
  },
  prefill: {
    fields: ["what"],
    choices: { what: ["size", "filters", "store"] },
    texts: ["because"],
    required: [],
    fills: ["size", "store"],
    placement: "size",
    fresh: { what: "size" },
  },
  screen: {
    fields: ["list", "limit"],
    choices: { list: ["recent", "cart", "usualSize"] },
    texts: ["title", "text", "because"],
    required: [],
    fills: ["product", "count", "size"],
    placement: "mirror-recent",
    fresh: { list: "recent", limit: 6, title: { en: "You looked at these" } },
  },
};

/** The form of an action; undefined for one that is written by hand. */
export const formOf = (action: Action): ActionForm | undefined =>
  Object.hasOwn(ACTION_FORMS, action.type) ? ACTION_FORMS[action.type] : undefined;

/** A new action of a type. */
export const freshAction = (type: string): Action =>
  ({ type, ...structuredClone(ACTION_FORMS[type]!.fresh) }) as unknown as Action;

/** The same content as another action: what both have stays. */
export function changeAction(action: Action, type: string): Action {
  const { fields, texts, fresh, choices = {} } = ACTION_FORMS[type]!;
  const shared = [...fields, ...texts].filter(
    (name) => !Object.hasOwn(choices, name) && Object.hasOwn(action, name),
  );
  const old = action as unknown as JsonObject;
  const kept = Object.fromEntries(shared.map((name) => [name, old[name]!]));
  return { type, ...structuredClone(fresh), ...kept } as unknown as Action;
}

/** The rule with its content as another action, and with the consent that it needs. */
export function changeRuleAction(rule: Rule, type: string): Rule {
  const { purposes = ["personalization"], action } = rule;
  const missing = (ACTION_FORMS[type]!.needs ?? []).filter((one) => !purposes.includes(one));
  // A mirror knows nobody again: it takes neither.
  const { cap: _cap, ramp: _ramp, exclusive: _part, ...ofMirror } = rule;
  return {
    ...(type === "screen" ? ofMirror : rule),
    ...(missing.length > 0 && { purposes: [...purposes, ...missing] }),
    action: changeAction(action, type),
  };
}

/** An action with another value in a field; without the field for `undefined`. */
export function withField(action: Action, name: string, value: Json | undefined): Action {
  const { [name]: _old, ...rest } = action as unknown as JsonObject;
  if (value === undefined) return rest as unknown as Action;
  // In its old place, so that the JSON beside does not jump.
  return (
    Object.hasOwn(action, name) ? { ...(action as object), [name]: value } : { ...rest, [name]: value }
  ) as Action;
}

/** The texts of an action by name, those that are there. */
export const textsOf = (action: Action, name: TextName): Texts | undefined =>
  (action as unknown as Partial<Record<TextName, Texts>>)[name];
