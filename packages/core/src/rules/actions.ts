import { get } from "../profile/keyed.ts";
import { cartLines } from "../profile/profileView.ts";
import { usualSize } from "../sizes/usualSize.ts";
import type { ActionSet, DecisionInput, Material, Outcome } from "./decision.ts";
import type { Action, PageAction, Texts } from "./ruleset.ts";
import { fillText, localText } from "./text.ts";

/** What a decision shows, says, and rests on: messages, newest first, each once. */
export interface Fulfilled {
  outcome: Outcome;
  because: string | undefined;
  evidence: string[];
}

type Maker<T extends PageAction["type"]> = (
  action: Extract<Action, { type: T }>,
  input: DecisionInput,
) => Material | undefined;

/** A page's actions. A new one is its type in `ruleset.ts`, its entry here, and its sentence in `prepareRules.ts`. */
const ACTIONS: { [T in PageAction["type"]]: Maker<T> } = {
  continueCategory({ limit = 4, href }, { profile, fold }) {
    const { category } = profile.lastViewed;
    if (!category) return undefined;
    const products = profile.recent.filter((product) => product.category === category.id).slice(0, limit);
    const address = href ? fillText(href, { category: encodeURIComponent(category.id) }) : category.url;
    if (!products[0] && !address) return undefined;
    return {
      products,
      href: address,
      values: { category: category.name },
      evidence: [fold.last!["category"]!, ...products.map(({ id }) => fold.recent![id]!)].map(({ i }) => i),
    };
  },
  resume({ what, limit = 4, href }, { profile, fold }) {
    const isCart = what === "cart";
    const lines = isCart ? profile.cart.lines : profile.lists;
    if (!lines[0]) return undefined;
    return {
      products: lines.slice(0, limit).map((line) => line.product),
      href,
      values: { count: isCart ? profile.cart.count : lines.length },
      evidence: isCart ? cartLines(fold).map(({ i }) => i) : [],
    };
  },
  message: ({ href }) => ({ href }),
  prefill(_action, { profile, context, now }) {
    const product = context.page.product;
    const group = product?.sizeGroup ?? product?.category;
    const system = product?.sizeSystem;
    if (!system || !group) return undefined;
    const usual = usualSize(profile.sizes, { ...product, group, system }, now);
    if (usual.kind === "none") return undefined;
    return {
      outcome: { type: "prefill", usual },
      values: { size: "label" in usual ? usual.label : usual.labels.join(", ") },
      evidence: usual.votes.map((vote) => vote.messageId),
    };
  },
  value: ({ value }) => ({ outcome: { type: "value", value } }),
};

/**
 * Turns an action into content for this profile and page; undefined when there is nothing to show.
 * @throws RangeError for an action that there is not here: of a newer version, or of a mirror.
 */
export function fulfil(
  action: Action,
  because: Texts | undefined,
  input: DecisionInput,
): Fulfilled | undefined {
  const make = get((input.actions ?? ACTIONS) as ActionSet, action.type);
  if (!make) throw new RangeError("unknown_action");
  const material = make(action as never, input);
  if (!material) return undefined;
  const { products = [], href, values = {}, evidence, outcome } = material;
  const fill = (texts: Texts | undefined) =>
    texts && fillText(localText(texts, input.context.page.language), values);
  const { type, title, text, label } = action as Extract<Action, { type: "message" }>;
  return {
    outcome: outcome ?? { type, title: fill(title), text: fill(text), label: fill(label), href, products },
    because: fill(because),
    evidence: [...new Set(evidence)],
  };
}
