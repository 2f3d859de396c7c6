import type { Json, JsonObject, Rule } from "@vitrine/core";

/** A flag as OpenFeature's test data have it. */
interface Flag {
  variants: Record<string, Json>;
  defaultVariant?: string | null;
  disabled?: boolean;
  /** An expression of CEL. */
  contextEvaluator?: string;
}

/** The expressions of the test data as conditions, with the variant that each leads to. */
const TARGETS: Record<string, { when: JsonObject; variant: string }> = {
  "email == 'ballmer@macrosoft.com' ? 'zero' : ''": {
    when: { "app.email": "ballmer@macrosoft.com" },
    variant: "zero",
  },
  "!customer && email == 'ballmer@macrosoft.com' && age > 10 ? 'internal' : ''": {
    when: { "app.customer": false, "app.email": "ballmer@macrosoft.com", "app.age": { $gt: 10 } },
    variant: "internal",
  },
};

/** The one flag that `evaluation.feature` needs and the test data lack. */
const CONTEXT_AWARE: Rule[] = [
  {
    id: "internal",
    placement: "context-aware",
    priority: 1,
    when: { "app.fn": "Sulisław", "app.ln": "Świętopełk", "app.age": 29, "app.customer": false },
    action: { type: "value", value: "INTERNAL" },
  },
  { id: "external", placement: "context-aware", action: { type: "value", value: "EXTERNAL" } },
];

/**
 * The flags as rules: the flag is the placement, the variant the rule's id. So ids repeat between flags, which publishing would
 * refuse, and no evaluation minds.
 */
export function flagRules(flags: Record<string, Flag>): Rule[] {
  return [...Object.entries(flags).flatMap(([key, flag]) => rulesOf(key, flag)), ...CONTEXT_AWARE];
}

function rulesOf(placement: string, { variants, defaultVariant, disabled, contextEvaluator }: Flag): Rule[] {
  const valueOf = (variant: string) => ({ type: "value", value: variants[variant]! }) as const;
  const rules: Rule[] = [];
  if (contextEvaluator) {
    const { when, variant } = TARGETS[contextEvaluator]!;
    rules.push({ id: `${variant}, targeted`, placement, priority: 1, when, action: valueOf(variant) });
  }
  if (defaultVariant) rules.push({ id: defaultVariant, placement, action: valueOf(defaultVariant) });
  // A rule is switched off by its schedule.
  return disabled ? rules.map((rule) => ({ ...rule, schedule: { to: "2020-01-01T00:00:00Z" } })) : rules;
}
