import { cartLines } from "../profile/profileView.ts";
import type { Product } from "../profile/product.ts";
import { usualSize } from "../sizes/usualSize.ts";
import type { DecisionInput, Outcome } from "./decision.ts";
import type { Action, ActionTexts } from "./ruleset.ts";
import { fillText, localText } from "./text.ts";

/** What an action makes of a profile; the texts are filled for all actions alike. */
interface Material {
  products?: Product[];
  href?: string | undefined;
  /** What the rule's texts may name. */
  values?: Record<string, string | number>;
  /** Messages behind it, newest first. */
  evidence?: string[];
  /** The outcome itself, where it is not content. */
  outcome?: Outcome;
}

/** An outcome, what its texts may name, and the messages behind it. */
export interface Fulfilled {
  outcome: Outcome;
  values: Record<string, string | number>;
  evidence: string[];
}

type Maker<T extends Action["type"]> = (
  action: Extract<Action, { type: T }>,
  input: DecisionInput,
) => Material | undefined;

/** The action set. A new action is its type in `ruleset.ts`, its entry here, and its sentence in `prepareRules.ts`. */
const ACTIONS: { [T in Action["type"]]: Maker<T> } = {
  continueCategory({ limit = 4, href }, { profile, fold }) {
    const { category } = profile.lastViewed;
    if (!category) return undefined;
    const products = profile.recent.filter((product) => product.category === category.id).slice(0, limit);
    const address = href ? fillText(href, { category: encodeURIComponent(category.id) }) : category.url;
    if (!products[0] && !address) return undefined;
    const evidence = products.map((product) => fold.recent![product.id]!.i);
    return {
      products,
      href: address,
      values: { category: category.name },
      evidence: [fold.last!["category"]!.i, ...evidence],
    };
  },
  resume({ what, limit = 4, href }, { profile, fold }) {
    const lines = what === "cart" ? cartLines(fold).map(({ i, v }) => ({ i, ...v })) : profile.lists;
    if (!lines[0]) return undefined;
    const products = lines.slice(0, limit).map((line) => line.product);
    const evidence = lines.flatMap((line) => ("i" in line ? line.i : []));
    return {
      products,
      href,
      values: { count: what === "cart" ? profile.cart.count : lines.length },
      evidence,
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
    const size = "label" in usual ? usual.label : usual.labels.join(", ");
    return {
      outcome: { type: "prefill", usual },
      values: { size },
      evidence: usual.votes.map((vote) => vote.messageId),
    };
  },
  value: ({ value }) => ({ outcome: { type: "value", value } }),
};

/**
 * Turns an action into content for this profile and page; undefined when there is nothing to show.
 * @throws RangeError for an action of a newer version.
 */
export function fulfil(action: Action, input: DecisionInput): Fulfilled | undefined {
  if (!Object.hasOwn(ACTIONS, action.type)) throw new RangeError("unknown_action");
  const material = (ACTIONS[action.type] as Maker<Action["type"]>)(action as never, input);
  if (!material) return undefined;
  const { products = [], href, values = {}, evidence = [] } = material;
  const text = (name: "title" | "text" | "label") => {
    const texts = (action as ActionTexts)[name];
    return texts && fillText(localText(texts, input.context.page.language), values);
  };
  const type = action.type as "message";
  const outcome = material.outcome ?? {
    type,
    title: text("title"),
    text: text("text"),
    label: text("label"),
    href,
    products,
  };
  return { outcome, values, evidence };
}
