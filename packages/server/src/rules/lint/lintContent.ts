import { expandSegments, lintRules } from "@vitrine/core";
import type { RulesContent } from "../parseRules.ts";
import { checkHoldout } from "./experiments.ts";
import { checkAlways, checkFacts, checkGranted } from "./conditions.ts";
import type { Check, Finding } from "./finding.ts";
import { checkCatalogue, type ShopToLint } from "./shop.ts";
import { checkLabel, checkLanguages } from "./texts.ts";

const CHECKS: readonly Check[] = [
  checkAlways,
  checkFacts,
  checkGranted,
  checkLanguages,
  checkLabel,
  checkHoldout,
];

/** Tells what no one sees by eye in valid rules, in their order. Nothing it finds forbids a publication. */
export function lintContent(content: RulesContent, now: number, shop: ShopToLint): Finding[] {
  const rules = content.rules.map((rule) =>
    rule.when ? { ...rule, when: expandSegments(rule.when, content.segments) } : rule,
  );
  const found: Finding[] = [
    ...lintRules(rules, now),
    ...rules.flatMap((rule) => [...CHECKS.flatMap((check) => check(rule)), ...checkCatalogue(rule, shop)]),
  ];
  const place = new Map(rules.map(({ id }, index) => [id, index]));
  return found.sort((a, b) => place.get(a.rule)! - place.get(b.rule)!);
}
