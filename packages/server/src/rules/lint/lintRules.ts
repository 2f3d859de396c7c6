import type { RulesContent } from "../parseRules.ts";
import { checkAlways, checkFacts, checkFirstPaint, checkNever } from "./conditions.ts";
import { checkGranted, checkPurpose } from "./consent.ts";
import type { Check, Finding } from "./finding.ts";
import { checkShadow, checkTie } from "./order.ts";
import { checkLabel, checkLanguages, checkNames } from "./texts.ts";

const CHECKS: readonly Check[] = [
  checkNever,
  checkShadow,
  checkTie,
  checkAlways,
  checkFacts,
  checkPurpose,
  checkGranted,
  checkNames,
  checkLanguages,
  checkLabel,
  checkFirstPaint,
];

/** Tells what no one sees by eye in valid rules. Nothing it finds forbids a publication. */
export function lintRules({ rules }: RulesContent, now: number): Finding[] {
  return rules.flatMap((rule) => CHECKS.flatMap((check) => check(rule, { rules, now })));
}
