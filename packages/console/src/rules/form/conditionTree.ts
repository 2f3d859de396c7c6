import type { Json, JsonObject } from "@vitrine/core";
import { replaceAt } from "./replaceAt.ts";

/** How the parts of a group come together. */
export type Join = "all" | "any" | "none";

/** Tests that belong together. */
export interface Group {
  join: Join;
  parts: Part[];
}

/** One test, as the JSON that it stands for: what nobody edits is written back as it was. */
export interface Clause {
  json: JsonObject;
}

/** What a group holds. */
export type Part = Group | Clause;

/** Where a part stands: its place in the root, then in that, and so on. The root itself is `[]`. */
export type Place = readonly number[];

const JOINS: Record<string, Join> = { $or: "any", $nor: "none" };
const OPERATORS: Record<Exclude<Join, "all">, string> = { any: "$or", none: "$nor" };

/** Two tests that a merchant says in one word: somebody who has been here before has just come back. */
export const RETURNING: JsonObject = { "session.isNew": true, "profile.firstSeen": { $exists: true } };

/** Tells groups from single tests. */
export const isGroup = (part: Part): part is Group => "parts" in part;

/** Reads a condition as groups of single tests; means the same when it is written again. */
export function treeOfCondition(when: JsonObject = {}): Group {
  const part = partOf(when);
  return isGroup(part) ? part : { join: "all", parts: [part] };
}

/** Writes a tree as a condition. */
export function conditionOfTree({ join, parts }: Group): JsonObject {
  const written = parts.map((part) => (isGroup(part) ? conditionOfTree(part) : part.json));
  if (join !== "all") return { [OPERATORS[join]]: written };
  const entries = written.flatMap((one) => Object.entries(one));
  const isDistinct = new Set(entries.map(([key]) => key)).size === entries.length;
  return isDistinct ? Object.fromEntries(entries) : { $and: written };
}

function partOf(condition: JsonObject): Part {
  const parts = partsOf(condition);
  return parts.length === 1 ? parts[0]! : { join: "all", parts };
}

/** What must hold together: lists within lists are one. */
function partsOf(condition: JsonObject): Part[] {
  const isReturning = Object.entries(RETURNING).every(
    ([path, operand]) => JSON.stringify(condition[path]) === JSON.stringify(operand),
  );
  const parts: Part[] = isReturning ? [{ json: RETURNING }] : [];
  for (const [key, operand] of Object.entries(condition)) {
    if (!isReturning || !Object.hasOwn(RETURNING, key)) parts.push(...partsOfEntry(key, operand ?? null));
  }
  return parts;
}

function partsOfEntry(key: string, operand: Json): Part[] {
  const inner = Array.isArray(operand) && operand.every(isObject) ? operand : undefined;
  if (key === "$and" && inner) return inner.flatMap(partsOf);
  const join = Object.hasOwn(JOINS, key) ? JOINS[key] : undefined;
  if (join && inner) return [{ join, parts: inner.map(partOf) }];
  if (key === "$not" && isObject(operand)) return [{ join: "none", parts: [partOf(operand)] }];
  const operators = key[0] !== "$" && isObject(operand) ? Object.entries(operand) : [];
  // `{$gt: 1, $lt: 5}` are two tests of one value.
  return operators.length > 1 && operators.every(([name]) => name[0] === "$")
    ? operators.map(([name, value]) => ({ json: { [key]: { [name]: value! } } }))
    : [{ json: { [key]: operand } }];
}

/** Puts another part in a place, or nothing; a group that loses its last part goes with it. */
export function replacePart(group: Group, place: Place, part: Part | undefined): Group {
  const [index, ...deeper] = place;
  if (index === undefined) return part && isGroup(part) ? part : { join: "all", parts: part ? [part] : [] };
  const old = group.parts[index]!;
  const inner = deeper.length > 0 && isGroup(old) ? replacePart(old, deeper, part) : part;
  const isGone = !inner || (isGroup(inner) && inner.parts.length === 0);
  return { ...group, parts: replaceAt(group.parts, index, ...(isGone ? [] : [inner])) };
}

/** A part by its place. */
export function partAt(group: Group, place: Place): Part | undefined {
  return place.reduce<Part | undefined>(
    (part, index) => (part && isGroup(part) ? part.parts[index] : undefined),
    group,
  );
}

/** Adds a part to the group in a place. */
export function addPart(group: Group, place: Place, part: Part): Group {
  const into = partAt(group, place);
  return into && isGroup(into) ? replacePart(group, place, { ...into, parts: [...into.parts, part] }) : group;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
