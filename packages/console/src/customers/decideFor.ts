import {
  decide,
  profileView,
  SCREEN_ACTIONS,
  type Decision,
  type Fold,
  type Product,
  type Ruleset,
  type SizeVote,
} from "@vitrine/core";

/** The page a merchant imagines the customer on. */
export interface Imagined {
  isNewSession: boolean;
  /** Path and query, as they stand in the address bar. */
  address: string;
  /** The product page, if it is one. */
  product?: Product;
  language: string;
}

/** Decides every placement of a ruleset for a customer, as the shop's page or its mirror would, in the order of the rules. */
export function decideFor(
  ruleset: Ruleset,
  fold: Fold,
  targetingKey: string,
  imagined: Imagined,
  now: number,
): Decision[] {
  const profile = profileView(fold, now);
  const { isNewSession, address, product, language } = imagined;
  const { pathname, searchParams } =
    URL.parse(address, "http://shop.invalid/") ?? new URL("http://shop.invalid/");
  const granted = Object.entries(profile.consent).flatMap(([purpose, word]) =>
    word === "granted" ? [purpose] : [],
  );
  // A foreign client sends no word of consent: it answers for that itself, and its facts are in the fold.
  const consent =
    Object.keys(profile.consent).length > 0 ? granted : ["analytics", "personalization", "marketing"];
  const placements = [...new Set(ruleset.rules.map(({ placement }) => placement))];
  const isOfMirror = (placement: string) =>
    ruleset.rules.some((rule) => rule.placement === placement && rule.action.type === "screen");
  return placements.map((placement) =>
    decide(placement, {
      ruleset,
      ...(isOfMirror(placement) && { actions: SCREEN_ACTIONS }),
      fold,
      profile,
      now,
      context: {
        targetingKey,
        session: { isNew: isNewSession },
        page: {
          path: pathname,
          query: Object.fromEntries(searchParams),
          language,
          ...(product ? { product } : {}),
        },
        channel: isOfMirror(placement) ? "store" : "web",
        device: {},
        consent,
        shown: {},
      },
    }),
  );
}

/** The product pages on which a size could be said: one for each garment group and system among the votes. */
export function sizePages(votes: readonly SizeVote[]): { label: string; product: Product }[] {
  const pages = new Map<string, { label: string; product: Product }>();
  for (const { group, system, department } of votes) {
    const label = [department, group, system].filter(Boolean).join(" · ");
    const product: Product = {
      id: "-",
      sizeGroup: group,
      sizeSystem: system,
      ...(department ? { department } : {}),
    };
    pages.set(label, { label, product });
  }
  return [...pages.values()];
}
