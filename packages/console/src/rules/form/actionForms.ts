import type { Action, Json, JsonObject, Texts } from "@vitrine/core";

/** A text that a shopper reads, by language. `because` stands at the rule, the others in its action. */
export type TextName = "title" | "text" | "label" | "because";

/** What an action asks for besides its texts. */
export type ActionField = "limit" | "what" | "list" | "href";

/** How one type of action is filled in. */
export interface ActionForm {
  fields: readonly ActionField[];
  texts: readonly TextName[];
  /** Texts and fields it cannot do without. */
  required: readonly (TextName | ActionField)[];
  /** What its texts may name in braces. */
  fills: readonly string[];
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
  prefill: {
    fields: [],
    texts: ["because"],
    required: [],
    fills: ["size"],
    placement: "size",
    fresh: { what: "size" },
  },
  screen: {
    fields: ["list", "limit"],
    texts: ["title", "text", "because"],
    required: [],
    fills: ["product", "count", "size"],
    placement: "mirror-recent",
    fresh: { list: "recent", limit: 6, title: { en: "You looked at these" } },
  },
};

/** What `what` and `list` may say. */
export const CHOICES: Readonly<Record<"what" | "list", readonly string[]>> = {
  what: ["cart", "list"],
  list: ["recent", "cart", "usualSize"],
};

/** The form of an action; undefined for one that is written by hand. */
export const formOf = (action: Action): ActionForm | undefined =>
  Object.hasOwn(ACTION_FORMS, action.type) ? ACTION_FORMS[action.type] : undefined;

/** A new action of a type. */
export const freshAction = (type: string): Action =>
  ({ type, ...structuredClone(ACTION_FORMS[type]!.fresh) }) as unknown as Action;

/** The same content as another action: what both have stays. */
export function changeAction(action: Action, type: string): Action {
  const { fields, texts, fresh } = ACTION_FORMS[type]!;
  const shared = [...fields, ...texts].filter(
    (name) => name !== "what" && name !== "list" && Object.hasOwn(action, name),
  );
  const old = action as unknown as JsonObject;
  const kept = Object.fromEntries(shared.map((name) => [name, old[name]!]));
  return { type, ...structuredClone(fresh), ...kept } as unknown as Action;
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
