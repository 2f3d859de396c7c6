/** Runs of numbers, as labels. */
const run = (from: number, to: number, step: number): string[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => String(from + i * step));

/**
 * Size systems and their labels, smallest first. A step is one place.
 * Clothing systems after EN 13402-3 usage in shops; shoes in EU (Paris points), UK and US men's/women's numbers.
 */
export const LADDERS: Record<string, readonly string[]> = {
  INT: ["4XS", "3XS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "3XL", "4XL", "5XL", "6XL"],
  EU: run(30, 64, 2),
  DE: run(30, 64, 2),
  FR: run(32, 66, 2),
  IT: run(34, 68, 2),
  UK: run(2, 36, 2),
  US: ["00", ...run(0, 32, 2)],
  AU: run(2, 36, 2),
  W: run(22, 56, 1),
  COLLAR: run(35, 50, 1),
  EU_SHOE: run(16, 52, 0.5),
  UK_SHOE: run(0, 16, 0.5),
  US_SHOE: run(0, 18, 0.5),
  CHILD_CM: run(44, 188, 6),
};

/** Other spellings of a label. */
const ALIASES: Record<string, string> = {
  "2XS": "XXS",
  XXXS: "3XS",
  "2XL": "XXL",
  XXXL: "3XL",
  XXXXL: "4XL",
  SMALL: "S",
  MEDIUM: "M",
  LARGE: "L",
  "X-LARGE": "XL",
  "X-SMALL": "XS",
};

/** A label as the ladders spell it: trimmed, upper case, one name per size, a decimal point. */
export function normalLabel(label: string): string {
  const upper = label
    .trim()
    .toUpperCase()
    .replace(",", ".")
    .replace(/^(EU|UK|US|DE|FR|IT|SIZE)\s+/, "");
  return Object.hasOwn(ALIASES, upper) ? ALIASES[upper]! : upper;
}

/** The place of a label on its system's ladder, or −1: such a label agrees with no other, itself included. */
export function placeOf(system: string, label: string): number {
  return Object.hasOwn(LADDERS, system) ? LADDERS[system]!.indexOf(normalLabel(label)) : -1;
}

/**
 * The system a set of offered labels belongs to when the shop does not say: only letters are safe to tell,
 * numbers mean different things in different systems.
 */
export function guessSystem(labels: readonly string[]): string | undefined {
  return labels.length > 1 && labels.every((label) => placeOf("INT", label) >= 0) ? "INT" : undefined;
}
