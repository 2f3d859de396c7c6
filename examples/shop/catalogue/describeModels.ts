import { BLOUSES, DENIM, SALE_GROUPS, SKIRTS, TROUSERS } from "./cuts.ts";
import type { Cut } from "./cuts.ts";
import { hash, pick } from "./hash.ts";
import { MATERIALS } from "./materials.ts";
import type { ModelFacts, Product, SizeGroup } from "./Product.ts";
import { STYLE_NAMES } from "./styleNames.ts";

/** The brand that sizes in EU numbers; the others use letters. */
export const NUMERIC_BRAND = "Norrby";
const BRANDS = [NUMERIC_BRAND, "Maude Lisle", "Tessel", "Holm & Ives", "Cassia"] as const;

/**
 * Invents what the click data does not say of a model (name, brand, cut, material, sizes, description), always the
 * same for the same model code.
 * @param facts in any order; the result keeps it. Names are unique within one call.
 */
export function describeModels(facts: readonly ModelFacts[]): Product[] {
  const taken = new Set<string>();
  return facts.map((fact) => {
    const { cut, sizeGroup } = cutOf(fact);
    const material = pick(believable(cut.materials, fact), `${fact.model}/material`);
    const brand = pick(BRANDS, `${fact.model}/brand`);
    const name = nameOf(fact.model, cut, material, taken);
    const product: Product = {
      ...fact,
      name,
      brand,
      cut: cut.cut,
      material,
      sizeGroup,
      sizeSystem: brand === NUMERIC_BRAND ? "EU" : "INT",
      description: `${cut.says} ${MATERIALS[material]?.says ?? ""}`.trim(),
    };
    if (fact.category === "sale") product.wasPrice = wasPriceOf(fact);
    return product;
  });
}

function cutOf(fact: ModelFacts): { cut: Cut; sizeGroup: SizeGroup } {
  const seed = `${fact.model}/cut`;
  if (fact.category === "trousers")
    return { cut: weighted(inColour(TROUSERS, fact), seed), sizeGroup: "bottoms" };
  if (fact.category === "skirts")
    return { cut: weighted(inColour(SKIRTS, fact), seed), sizeGroup: "bottoms" };
  if (fact.category === "blouses") return { cut: weighted(inColour(BLOUSES, fact), seed), sizeGroup: "tops" };
  const group = weighted(SALE_GROUPS, `${fact.model}/group`);
  return { cut: weighted(inColour(group.cuts, fact), seed), sizeGroup: group.sizeGroup };
}

function inColour(cuts: readonly Cut[], { colour }: ModelFacts): Cut[] {
  return cuts.filter((cut) => !cut.colours || cut.colours.includes(colour));
}

// A red denim or a flowered corduroy would be the one thing in the grid that nobody believes.
function believable(materials: readonly string[], { colour }: ModelFacts): readonly string[] {
  const fitting = materials.filter((material) => {
    if (material === "denim") return DENIM.includes(colour);
    return colour !== "of many colors" || material !== "corduroy";
  });
  return fitting.length > 0 ? fitting : materials;
}

function weighted<T extends { weight: number }>(list: readonly T[], seed: string): T {
  let roll = hash(seed) % list.reduce((sum, entry) => sum + entry.weight, 0);
  for (const entry of list) {
    roll -= entry.weight;
    if (roll < 0) return entry;
  }
  throw new Error(`weighted: nothing to choose from for "${seed}"`);
}

function nameOf(model: string, cut: Cut, material: string, taken: Set<string>): string {
  const adjective = cut.noun === "jeans" ? "" : (MATERIALS[material]?.adjective ?? material);
  const rest = [cut.shape, adjective, cut.noun].filter(Boolean).join(" ");
  const start = hash(`${model}/name`);
  for (let step = 0; step < STYLE_NAMES.length; step++) {
    const style = STYLE_NAMES[(start + step) % STYLE_NAMES.length] ?? "";
    if (taken.has(style)) continue;
    taken.add(style);
    return `${style} ${rest}`;
  }
  throw new Error(`nameOf: no style name is left for ${model}; add some to styleNames.ts`);
}

function wasPriceOf({ model, price }: ModelFacts): number {
  return Math.round(price * (1.25 + (hash(`${model}/was`) % 40) / 100));
}
