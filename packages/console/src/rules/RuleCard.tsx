import type { Rule } from "@vitrine/core";
import type { ComponentChildren, JSX } from "preact";
import { strings } from "../strings.ts";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Chip } from "../ui/parts.tsx";
import { wordsOfCondition } from "./wordsOfCondition.ts";
import { limitsOf, quoteOf, wordsOfAction } from "./wordsOfRule.ts";

const text = strings.rules;

const ICONS: Record<string, IconName> = {
  continueCategory: "grid",
  resume: "bag",
  prefill: "ruler",
  message: "page",
  value: "server",
  screen: "mirror",
};

/** A rule as a sentence: when, what, where. */
export function RuleCard({ rule, aside }: { rule: Rule; aside?: ComponentChildren }): JSX.Element {
  const quote = quoteOf(rule.action);
  return (
    <li class="rule">
      <div class="row apart">
        <h3 class="row">
          <Icon name={ICONS[rule.action.type] ?? "rules"} size={16} />
          {rule.id}
        </h3>
        {aside}
      </div>
      <dl class="rule-steps">
        <dt>{text.when}</dt>
        <dd>
          {wordsOfCondition(rule.when).map((words, i) => (
            <span key={words}>
              {i > 0 && <span class="soft"> {text.allOf} </span>}
              {words}
            </span>
          ))}
        </dd>
        <dt>{text.what}</dt>
        <dd>
          {wordsOfAction(rule.action)}
          {quote && <div class="soft">“{quote}”</div>}
        </dd>
        <dt>{text.where}</dt>
        <dd>
          {rule.action.type === "screen" ? text.mirror : text.slot} <code>{rule.placement}</code>
        </dd>
      </dl>
      <div class="row">
        {limitsOf(rule).map((limit) => (
          <Chip key={limit}>{limit}</Chip>
        ))}
      </div>
    </li>
  );
}
