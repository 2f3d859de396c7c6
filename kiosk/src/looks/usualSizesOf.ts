import { usualSize, type ProfileView } from "@vitrine/core";
import type { Article } from "./look.ts";

/** The sizes that she usually takes of such a garment: a hint, by the same gate as on the web. Empty without a profile. */
export function usualSizesOf(article: Article, profile: ProfileView | undefined): string[] {
  const { brand, size_group: group, size_system: system } = article;
  if (!profile || !group || !system) return [];
  const usual = usualSize(profile.sizes, { group, system, ...(brand && { brand }) }, Date.now());
  if (usual.kind === "none") return [];
  return "label" in usual ? [usual.label] : usual.labels;
}
