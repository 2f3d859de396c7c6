import type { Colour, SizeGroup } from "./Product.ts";

/** One silhouette: how it is called, what it may be made of, and the sentence that sells it. */
export interface Cut {
  cut: string;
  /** Noun phrase of the product name, after the material. */
  noun: string;
  /** Goes between style name and material: "wide-leg". May be empty. */
  shape: string;
  materials: readonly string[];
  /** Only in these colours; any when left out. */
  colours?: readonly Colour[];
  /** How many chances it has against its siblings. */
  weight: number;
  says: string;
}

/** What indigo and its relatives come in. */
export const DENIM: readonly Colour[] = ["blue", "navy blue", "black", "gray"];

export const TROUSERS: readonly Cut[] = [
  {
    cut: "wide",
    shape: "wide-leg",
    noun: "trousers",
    materials: ["linen", "crêpe", "wool"],
    weight: 3,
    says: "A high waist with two soft pleats, and a leg that falls wide and straight to the floor.",
  },
  {
    cut: "straight",
    shape: "straight",
    noun: "trousers",
    materials: ["wool", "twill", "corduroy"],
    weight: 3,
    says: "Clean at the front, straight from the hip, with a crease that stays where it is put.",
  },
  {
    cut: "tapered",
    shape: "tapered",
    noun: "trousers",
    materials: ["twill", "wool", "linen"],
    weight: 3,
    says: "Easy through the thigh and narrow at the ankle, so that the shoe is seen.",
  },
  {
    cut: "flared",
    shape: "flared",
    noun: "trousers",
    materials: ["crêpe", "jersey", "corduroy"],
    weight: 2,
    says: "Close to the knee, then opening gently: a quiet flare that lengthens the leg.",
  },
  {
    cut: "culottes",
    shape: "",
    noun: "culottes",
    materials: ["linen", "crêpe", "twill"],
    weight: 2,
    says: "Cropped below the knee and cut wide enough to be taken for a skirt.",
  },
  {
    cut: "jeans",
    shape: "straight",
    noun: "jeans",
    materials: ["denim"],
    colours: DENIM,
    weight: 5,
    says: "Five pockets, a mid rise and a straight leg: the pair that goes with everything else.",
  },
  {
    cut: "wide-jeans",
    shape: "wide-leg",
    noun: "jeans",
    materials: ["denim"],
    colours: DENIM,
    weight: 3,
    says: "High in the waist, wide from the hip, long enough to break over a boot.",
  },
  {
    cut: "cargo",
    shape: "cargo",
    noun: "trousers",
    materials: ["twill"],
    colours: ["olive", "beige", "green", "gray", "brown", "black"],
    weight: 2,
    says: "Two pockets on the leg, a drawstring at the hem, nothing that jingles.",
  },
];

export const SKIRTS: readonly Cut[] = [
  {
    cut: "pencil",
    shape: "pencil",
    noun: "skirt",
    materials: ["wool", "crêpe", "denim"],
    weight: 3,
    says: "Follows the hip and stops at the knee, with a slit at the back to walk in.",
  },
  {
    cut: "a-line",
    shape: "A-line",
    noun: "skirt",
    materials: ["wool", "twill", "corduroy", "linen"],
    weight: 4,
    says: "Flat over the hip and flaring to the hem; deep pockets in the side seams.",
  },
  {
    cut: "pleated",
    shape: "pleated",
    noun: "skirt",
    materials: ["satin", "crêpe", "viscose"],
    weight: 3,
    says: "Knife pleats from waist to calf that move before you do.",
  },
  {
    cut: "wrap-skirt",
    shape: "wrap",
    noun: "skirt",
    materials: ["linen", "viscose", "satin"],
    weight: 3,
    says: "Wraps and ties at the side, and lies close without asking for it.",
  },
  {
    cut: "tiered",
    shape: "tiered",
    noun: "skirt",
    materials: ["poplin", "viscose", "linen"],
    weight: 3,
    says: "Three gathered tiers, each a little fuller than the last.",
  },
  {
    cut: "slip-skirt",
    shape: "bias-cut",
    noun: "skirt",
    materials: ["satin"],
    weight: 2,
    says: "Cut on the bias so that it skims and swings, with a soft elastic waist.",
  },
  {
    cut: "button-skirt",
    shape: "button-front",
    noun: "skirt",
    materials: ["denim", "corduroy", "twill"],
    weight: 3,
    says: "Buttons all the way down, to be left open as far as the day asks.",
  },
];

export const BLOUSES: readonly Cut[] = [
  {
    cut: "shirt",
    shape: "",
    noun: "shirt",
    materials: ["poplin", "linen", "denim", "silk"],
    weight: 5,
    says: "A proper collar, a hidden second button, and enough room to tuck in or not.",
  },
  {
    cut: "v-blouse",
    shape: "V-neck",
    noun: "blouse",
    materials: ["viscose", "silk", "crêpe"],
    weight: 4,
    says: "An open neckline, gathered at the shoulder, with sleeves that roll and stay rolled.",
  },
  {
    cut: "bow-blouse",
    shape: "tie-neck",
    noun: "blouse",
    materials: ["silk", "viscose", "crêpe"],
    weight: 3,
    says: "A long tie at the neck: a bow for the office, loose afterwards.",
  },
  {
    cut: "puff-blouse",
    shape: "puff-sleeve",
    noun: "blouse",
    materials: ["poplin", "linen"],
    weight: 3,
    says: "A round neck and short sleeves with just enough volume to be noticed.",
  },
  {
    cut: "wrap-blouse",
    shape: "wrap",
    noun: "blouse",
    materials: ["viscose", "jersey", "crêpe"],
    weight: 3,
    says: "Crosses over and ties at the waist; it stays closed when you lean forward.",
  },
  {
    cut: "tunic",
    shape: "",
    noun: "tunic",
    materials: ["linen", "viscose", "poplin"],
    weight: 3,
    says: "Long over the hip, slit at the sides, with a small notch at the neck.",
  },
  {
    cut: "sleeveless",
    shape: "sleeveless",
    noun: "top",
    materials: ["crêpe", "silk", "linen"],
    weight: 3,
    says: "A plain front and a neat armhole, made to live under a jacket.",
  },
  {
    cut: "knit",
    shape: "fine-knit",
    noun: "top",
    materials: ["merino", "cotton-rib"],
    weight: 4,
    says: "Close but not tight, with long ribbed cuffs and a round neck.",
  },
  {
    cut: "roll-neck",
    shape: "roll-neck",
    noun: "top",
    materials: ["merino", "cotton-rib"],
    weight: 2,
    says: "A thin layer with a soft neck that folds once.",
  },
  {
    cut: "tee",
    shape: "",
    noun: "T-shirt",
    materials: ["jersey"],
    weight: 3,
    says: "A weight of cotton that holds its line, and a neckband that keeps its shape.",
  },
  {
    cut: "camisole",
    shape: "",
    noun: "camisole",
    materials: ["satin", "silk"],
    weight: 2,
    says: "Fine straps and a soft V, lined at the front.",
  },
];

export const DRESSES: readonly Cut[] = [
  {
    cut: "shirt-dress",
    shape: "",
    noun: "shirt dress",
    materials: ["poplin", "linen", "denim"],
    weight: 3,
    says: "A shirt that goes on to the calf, belted with itself.",
  },
  {
    cut: "wrap-dress",
    shape: "",
    noun: "wrap dress",
    materials: ["viscose", "jersey", "crêpe"],
    weight: 3,
    says: "Ties at the side and falls to the knee; the dress that packs into nothing.",
  },
  {
    cut: "a-dress",
    shape: "A-line",
    noun: "dress",
    materials: ["crêpe", "wool", "linen"],
    weight: 3,
    says: "Short sleeves, a round neck, and a skirt that swings from the waist.",
  },
  {
    cut: "slip-dress",
    shape: "",
    noun: "slip dress",
    materials: ["satin"],
    weight: 2,
    says: "Bias-cut with fine straps; over a T-shirt by day, alone at night.",
  },
  {
    cut: "tiered-dress",
    shape: "tiered",
    noun: "dress",
    materials: ["poplin", "viscose"],
    weight: 2,
    says: "Loose from the shoulder, in gathered tiers, with pockets.",
  },
];

/** Where a model of `sale` may come from; the click data does not say. */
export const SALE_GROUPS: readonly { cuts: readonly Cut[]; sizeGroup: SizeGroup; weight: number }[] = [
  { cuts: TROUSERS, sizeGroup: "bottoms", weight: 24 },
  { cuts: SKIRTS, sizeGroup: "bottoms", weight: 20 },
  { cuts: BLOUSES, sizeGroup: "tops", weight: 36 },
  { cuts: DRESSES, sizeGroup: "dresses", weight: 20 },
];
