import { prepareRules, type Json, type JsonObject, type Rule } from "@vitrine/core";
import { cursorAt, readList, readObject, type RuleProblem } from "./problems.ts";
import { readGroups, readRule } from "./readRule.ts";
import { readSegments } from "./readSegments.ts";

/** What a merchant edits: a ruleset without the fields that publication adds. */
export interface RulesContent {
  rules: Rule[];
  groups?: Record<string, Json[]>;
  /** Named conditions; publishing puts them in the place of their names. */
  segments?: Record<string, JsonObject>;
}

/** Either content that may be published, or what is wrong with it. */
export type ParsedRules =
  | { kind: "valid"; content: RulesContent }
  | { kind: "invalid"; problems: RuleProblem[] };

/** Rules decided in one go on a phone. */
const MAX_RULES = 1_000;

/** Of what pages get; below what they take, `MAX_RULESET_CHARS`. */
const MAX_PREPARED_CHARS = 256_000;

/** Parses what somebody wants to publish. Never throws. */
export function parseRules(document: unknown): ParsedRules {
  const problems: RuleProblem[] = [];
  const at = cursorAt(document, problems);
  const invalid = (): ParsedRules => ({ kind: "invalid", problems });
  if (!readObject(at, ["rules", "groups", "segments"])) return invalid();
  const segments = at.to("segments").value === undefined ? undefined : readSegments(at.to("segments"));
  const rules = readList(at.to("rules"), MAX_RULES, (rule) => readRule(rule, segments));
  const groups = at.to("groups").value === undefined ? undefined : readGroups(at.to("groups"));
  noteRepeats(document as { rules: unknown }, problems);
  const content: RulesContent = {
    rules: rules ?? [],
    ...(groups && { groups }),
    ...(segments && { segments }),
  };
  // What has problems may not even be ready to prepare.
  if (problems.length > 0) return invalid();
  const { length } = JSON.stringify({ groups, rules: prepareRules(content.rules, segments) });
  if (length > MAX_PREPARED_CHARS)
    at.to("rules").fail(
      `Come to ${length} characters with their segments, groups and what publishing says for them; pages take ${MAX_PREPARED_CHARS}. Leave out some.`,
    );
  return problems.length > 0 ? invalid() : { kind: "valid", content };
}

/** Two rules of one id would share caps, experiments and their figures. */
function noteRepeats({ rules }: { rules: unknown }, problems: RuleProblem[]): void {
  if (!Array.isArray(rules)) return;
  const seen = new Set<unknown>();
  for (const [index, rule] of rules.entries()) {
    const id = (rule as { id?: unknown } | null)?.id;
    if (seen.has(id) && typeof id === "string") {
      problems.push({ path: `/rules/${index}/id`, message: `Another rule is called "${id}" already.` });
    }
    seen.add(id);
  }
}
