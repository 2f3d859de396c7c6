import { bucketHash } from "./bucketHash.ts";

/** A share of the people: those whose place under `name` lies from `from` (included) to `to` (excluded). */
export type Namespace = readonly [name: string, from: number, to: number];

/** Tells whether a person belongs to a namespace. Experiments with disjoint shares of one name never meet in a person. */
export function inNamespace(value: string, [name, from, to]: Namespace): boolean {
  const place = bucketHash(`__${name}`, value, 1) ?? -1;
  return place >= from && place < to;
}
