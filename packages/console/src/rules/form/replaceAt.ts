/** A list with other items, or none, in the place of one. */
export const replaceAt = <T>(list: readonly T[], index: number, ...items: T[]): T[] => [
  ...list.slice(0, index),
  ...items,
  ...list.slice(index + 1),
];
