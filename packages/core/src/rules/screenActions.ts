import { get } from "../profile/keyed.ts";
import { cartLines } from "../profile/profileView.ts";
import type { Product } from "../profile/product.ts";
import { usualSize } from "../sizes/usualSize.ts";
import type { ActionSet, DecisionInput, Material } from "./decision.ts";
import type { ScreenAction, Texts } from "./ruleset.ts";
import { fillText, localText } from "./text.ts";

/** The actions of a mirror. */
export const SCREEN_ACTIONS: ActionSet = { screen: makeScreen };

const DEFAULT_LIMIT = 6;

function makeScreen(action: ScreenAction, input: DecisionInput): Material | undefined {
  const { list, limit = DEFAULT_LIMIT, title, text } = action;
  const { profile, fold, context } = input;
  const items = LISTS[list](input).slice(0, limit);
  const [first] = items;
  if (!first) return undefined;
  const values = {
    product: first.name ?? first.id,
    count: list === "cart" ? profile.cart.count : items.length,
    ...(first.size !== undefined && { size: first.size }),
  };
  const fill = (texts: Texts | undefined) =>
    texts && fillText(localText(texts, context.page.language), values);
  return {
    outcome: { type: "screen", list, title: fill(title), text: fill(text), items },
    values,
    evidence:
      list === "cart"
        ? cartLines(fold).map(({ i }) => i)
        : items.flatMap(({ id }) => get(fold.recent, id)?.i ?? []),
  };
}

/** What there is of each list, newest first. */
const LISTS: Record<ScreenAction["list"], (input: DecisionInput) => Product[]> = {
  recent: ({ profile }) => profile.recent,
  cart: ({ profile }) => profile.cart.lines.map(({ product }) => product),
  usualSize: ({ profile, now }) =>
    profile.recent.flatMap((product) => {
      const { sizeGroup, category, sizeSystem: system } = product;
      const group = sizeGroup ?? category;
      if (!group || !system) return [];
      const usual = usualSize(profile.sizes, { ...product, group, system }, now);
      if (usual.kind === "none") return [];
      return { ...product, size: "label" in usual ? usual.label : usual.labels.join(", ") };
    }),
};
