import type { ProfileView } from "../../profile/profileView.ts";
import { get } from "../../profile/keyed.ts";
import type { DecisionInput } from "../decision.ts";
import type { AvailabilityAction } from "../ruleset.ts";
import type { Maker } from "./maker.ts";

/** What an availability asks: which article, in which store. */
export interface StockQuestion {
  sku: string;
  store: string;
}

/** The article of the page or the one viewed last, in the nearest store that is known; undefined where either is not. */
export function stockQuestion(
  { store: fallback }: Pick<AvailabilityAction, "store">,
  { profile, context }: Pick<DecisionInput, "profile" | "context">,
): StockQuestion | undefined {
  const product = context.page.product ?? profile.lastViewed.product;
  const store = profile.stores.preferred ?? mostVisited(profile) ?? fallback;
  return product && store ? { sku: product.id, store } : undefined;
}

/** What a store has of it, and when the store said so: never without its age. */
export const makeAvailability: Maker<"availability"> = (action, input) => {
  const { profile, context, fold, shop } = input;
  const question = stockQuestion(action, input);
  const fact = shop?.stock?.find(({ sku, store }) => sku === question?.sku && store === question.store);
  if (!fact?.sizes[0]) return undefined;
  const { sku, store, at, sizes } = fact;
  const product = context.page.product ?? profile.lastViewed.product;
  return {
    href: action.href,
    values: {
      product: product?.name ?? sku,
      store: get(action.stores, store) ?? store,
      count: sizes.reduce((sum, { quantity }) => sum + quantity, 0),
      sizes: sizes.map(({ size }) => size).join(", "),
      time: timeText(at, context.page.language),
    },
    evidence: [get(fold.recent, sku)?.i, fold.last?.["store"]?.i].flatMap((id) => id ?? []),
  };
};

function mostVisited({ stores }: ProfileView): string | undefined {
  const visits = Object.entries(stores.visited).sort(
    ([a, { total }], [b, other]) => other.total - total || (a < b ? -1 : 1),
  );
  return visits[0]?.[0];
}

function timeText(at: number, language: string): string {
  const format = { dateStyle: "medium", timeStyle: "short" } as const;
  try {
    return new Date(at).toLocaleString(language, format);
  } catch {
    return new Date(at).toLocaleString("en", format); // RangeError: a language tag that does not exist
  }
}
