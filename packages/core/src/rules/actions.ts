import { cartLines } from "../profile/profileView.ts";
import { usualSize } from "../sizes/usualSize.ts";
import type { DecisionInput, Outcome } from "./decision.ts";
import type { Action } from "./ruleset.ts";
import { fillText, localText } from "./text.ts";

/** An outcome with the messages behind it, newest first. */
export interface Fulfilled {
  outcome: Outcome;
  evidence: string[];
}

/** How one type of action comes to content; undefined when there is nothing to show. */
type Fulfil<T extends Action["type"]> = (
  action: Extract<Action, { type: T }>,
  input: DecisionInput,
) => Fulfilled | undefined;

/** The action set. A new action is its type in `ruleset.ts`, its entry here, a sentence and a view. */
const ACTIONS: { [T in Action["type"]]: Fulfil<T> } = {
  continueCategory,
  resume,
  prefill,
  message: (action, { context: { page } }) => ({
    outcome: {
      type: "message",
      text: localText(action.text, page.language) ?? "",
      ...optional("title", localText(action.title, page.language)),
      ...optional("label", localText(action.label, page.language)),
      ...optional("href", action.href),
    },
    evidence: [],
  }),
  value: (action) => ({ outcome: { type: "value", value: action.value }, evidence: [] }),
};

/** Turns an action into content for this profile and page. */
export function fulfil(action: Action, input: DecisionInput): Fulfilled | undefined {
  // The wire may name an action that this version does not know.
  if (!Object.hasOwn(ACTIONS, action.type)) throw new RangeError("unknown_action");
  return (ACTIONS[action.type] as Fulfil<Action["type"]>)(action, input);
}

function continueCategory(
  action: Extract<Action, { type: "continueCategory" }>,
  input: DecisionInput,
): Fulfilled | undefined {
  const { category } = input.profile.lastViewed;
  if (!category) return undefined;
  const products = input.profile.recent
    .filter((product) => product.category === category.id)
    .slice(0, action.limit ?? 4);
  const href = action.href
    ? fillText(action.href, { category: encodeURIComponent(category.id) })
    : category.url;
  if (products.length === 0 && !href) return undefined;
  const title = localText(action.title, input.context.page.language) ?? "{category}";
  return {
    outcome: {
      type: "continueCategory",
      category,
      products,
      title: fillText(title, { category: category.name }),
      ...optional("href", href),
    },
    evidence: [
      input.fold.last!["category"]!.i,
      ...products.map((product) => input.fold.recent![product.id]!.i),
    ],
  };
}

function resume(
  action: Extract<Action, { type: "resume" }>,
  { profile, fold, context }: DecisionInput,
): Fulfilled | undefined {
  const { language } = context.page;
  const fromCart = action.what === "cart";
  const lines = fromCart
    ? profile.cart.lines
    : profile.lists.map(({ list, product }) => ({ cart: list, product, quantity: 1 }));
  if (lines.length === 0) return undefined;
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  return {
    outcome: {
      type: "resume",
      what: action.what,
      lines: lines.slice(0, action.limit ?? 4),
      title: fillText(localText(action.title, language) ?? "", { count }),
      label: fillText(localText(action.label, language) ?? "", { count }),
      href: action.href,
    },
    evidence: fromCart ? cartLines(fold).map((line) => line.i) : [],
  };
}

function prefill(
  _action: Extract<Action, { type: "prefill" }>,
  { profile, context, now }: DecisionInput,
): Fulfilled | undefined {
  const product = context.page.product;
  const group = product?.sizeGroup ?? product?.category;
  if (!product?.sizeSystem || !group) return undefined;
  const usual = usualSize(profile.sizes, { ...product, group, system: product.sizeSystem }, now);
  if (usual.kind === "none") return undefined;
  return {
    outcome: { type: "prefill", what: "size", usual },
    evidence: usual.votes.map((vote) => vote.messageId),
  };
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}
