import type { Outcome } from "./decision.ts";
import type { Rule, Texts } from "./ruleset.ts";
import { fillText, localText } from "./text.ts";

/** The shopper's sentence for each action; a rule may bring its own. */
const SENTENCES: Record<Outcome["type"], Texts> = {
  continueCategory: {
    en: "Because you looked at {category} last time.",
    de: "Weil Sie zuletzt {category} angesehen haben.",
  },
  resume: { en: "Because you left these in your cart.", de: "Weil das noch in Ihrem Warenkorb liegt." },
  prefill: {
    en: "Your usual size: you chose {size} before.",
    de: "Ihre übliche Größe: Sie haben schon {size} gewählt.",
  },
  message: { en: "A note from the shop.", de: "Ein Hinweis des Shops." },
  value: { en: "Set by a rule of the shop.", de: "Von einer Regel des Shops bestimmt." },
};

/** One plain sentence for the shopper on why she sees this. */
export function becauseOf(rule: Rule, outcome: Outcome, language: string): string {
  const text = localText(rule.because, language) ?? localText(SENTENCES[outcome.type], language)!;
  return fillText(text, sentenceValues(outcome));
}

/** What a rule's texts may name. */
export function sentenceValues(outcome: Outcome): Record<string, string | number> {
  switch (outcome.type) {
    case "continueCategory":
      return { category: outcome.category.name, count: outcome.products.length };
    case "resume":
      return { count: outcome.lines.reduce((sum, line) => sum + line.quantity, 0) };
    case "prefill":
      return { size: "label" in outcome.usual ? outcome.usual.label : outcome.usual.labels.join(", ") };
    default:
      return {};
  }
}
