import { usualSize, type Product, type ProfileView } from "@vitrine/core";
import type { Article } from "./look.ts";

/** The sizes that she usually takes of such a garment: a hint, by the same gate as on the web. Empty without a profile. */
export function usualSizesOf(article: Article, profile: ProfileView | undefined): string[] {
  if (!profile) return [];
  // What the catalogue does not say of its sizes, a page said on which she looked at it.
  const known = knownTo(profile).find(({ id, sku }) => id === article.sku || sku === article.sku);
  const group = article.size_group ?? known?.sizeGroup ?? known?.category;
  const system = article.size_system ?? known?.sizeSystem;
  const { brand = known?.brand, department = known?.department } = article;
  if (!group || !system) return [];
  const question = { group, system, ...(brand && { brand }), ...(department && { department }) };
  const usual = usualSize(profile.sizes, question, Date.now());
  if (usual.kind === "none") return [];
  return "label" in usual ? [usual.label] : usual.labels;
}

const knownTo = ({ recent, cart }: ProfileView): Product[] => [
  ...recent,
  ...cart.lines.map(({ product }) => product),
];
