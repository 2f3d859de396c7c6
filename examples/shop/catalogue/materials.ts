/** What a material is called in a name, what it says of itself, and how it is looked after. */
export interface Material {
  /** As in "linen trousers". */
  adjective: string;
  composition: string;
  says: string;
  care: string;
}

const COLD = "Machine wash at 30 °C, dry on a line, warm iron.";
const HAND = "Hand wash cold or dry clean. Iron inside out.";

export const MATERIALS: Readonly<Record<string, Material>> = {
  linen: {
    adjective: "linen",
    composition: "100% linen",
    says: "Washed European linen that softens with every wear.",
    care: COLD,
  },
  crêpe: {
    adjective: "crêpe",
    composition: "96% polyester, 4% elastane",
    says: "A matt crêpe with weight and drape that does not crease in a suitcase.",
    care: COLD,
  },
  wool: {
    adjective: "wool",
    composition: "98% wool, 2% elastane",
    says: "A year-round wool, dry to the touch, with a little stretch.",
    care: "Dry clean, or air overnight.",
  },
  twill: {
    adjective: "twill",
    composition: "97% cotton, 3% elastane",
    says: "Garment-dyed cotton twill, brushed once for softness.",
    care: COLD,
  },
  corduroy: {
    adjective: "corduroy",
    composition: "100% cotton",
    says: "Fine-wale corduroy with a soft, even pile.",
    care: "Machine wash inside out at 30 °C. Do not iron the pile.",
  },
  jersey: {
    adjective: "jersey",
    composition: "95% cotton, 5% elastane",
    says: "A dense cotton jersey that returns to its shape.",
    care: COLD,
  },
  denim: {
    adjective: "denim",
    composition: "99% cotton, 1% elastane",
    says: "A 12 oz denim, rinsed once, that will fade the way you wear it.",
    care: "Wash seldom, inside out, at 30 °C.",
  },
  satin: {
    adjective: "satin",
    composition: "100% viscose satin",
    says: "Heavy satin with a low, pearly shine.",
    care: HAND,
  },
  viscose: {
    adjective: "viscose",
    composition: "100% viscose",
    says: "Fluid viscose from certified forests, cool against the skin.",
    care: COLD,
  },
  poplin: {
    adjective: "poplin",
    composition: "100% cotton",
    says: "Crisp two-ply cotton poplin.",
    care: COLD,
  },
  silk: {
    adjective: "silk-blend",
    composition: "70% viscose, 30% silk",
    says: "A silk blend with a dry hand and a faint lustre.",
    care: HAND,
  },
  merino: {
    adjective: "merino",
    composition: "100% merino wool",
    says: "Fine merino, knitted in one piece.",
    care: "Wool cycle, dry flat.",
  },
  "cotton-rib": {
    adjective: "cotton-rib",
    composition: "92% cotton, 8% elastane",
    says: "A fine cotton rib that stretches and comes back.",
    care: COLD,
  },
  leather: {
    adjective: "leather",
    composition: "Calf leather, leather lining",
    says: "Vegetable-tanned calf on a stitched sole that can be replaced.",
    care: "Brush, feed with cream, let dry away from heat.",
  },
  suede: {
    adjective: "suede",
    composition: "Calf suede, leather lining",
    says: "Soft calf suede, treated against rain.",
    care: "Brush when dry.",
  },
  canvas: {
    adjective: "canvas",
    composition: "Organic cotton canvas, rubber sole",
    says: "Heavy cotton canvas on natural rubber.",
    care: "Wash by hand with soap.",
  },
};
