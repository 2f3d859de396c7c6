export { parseRoute, linkTo, type PageName, type Route } from "./router.ts";
export { describeEvent, searchTextOf, type EventWords } from "./events/describeEvent.ts";
export { groupSessions, SESSION_IDLE_MS, type TimelineSession } from "./customers/groupSessions.ts";
export { decideFor, sizePages, type Imagined } from "./customers/decideFor.ts";
export { diffLines, type DiffLine } from "./rules/diffLines.ts";
export { diffRules, type RuleChange } from "./rules/diffRules.ts";
export { jsonLines, lineOf } from "./rules/jsonLines.ts";
export { lineOfSyntaxError } from "./rules/lineOfSyntaxError.ts";
export { wordsOfClause, wordsOfCondition } from "./rules/wordsOfCondition.ts";
export { limitsOf, quoteOf, wordsOfAction } from "./rules/wordsOfRule.ts";
export { wordsOfRecommender } from "./overview/wordsOfRecommender.ts";
export {
  conditionOfTree,
  isGroup,
  replacePart,
  treeOfCondition,
  type Group,
} from "./rules/form/conditionTree.ts";
export { conditionOfRow, firstRow, rowOf, type Row } from "./rules/form/conditionRow.ts";
export { FACTS, WINDOWS } from "./rules/form/facts.ts";
export { ACTION_FORMS, changeAction, changeRuleAction } from "./rules/form/actionForms.ts";
export { holdoutOf, splitOf } from "./rules/form/holdout.ts";
export { idOfName, newRule } from "./rules/form/newRule.ts";
export { languagesOf, missingIn, withText } from "./rules/form/ruleTexts.ts";
export { freePercent, groupsOf, percentOfPart, withoutPart, withPart } from "./rules/form/exclusive.ts";
export { percentOf, withRamp } from "./rules/form/ramp.ts";
export { sentenceOfRule } from "./rules/form/sentenceOfRule.ts";
export { previewLink, readWord, type HeardWord } from "./rules/form/previewWords.ts";
export { suggestionsOf } from "./rules/form/suggestions.tsx";
export { strings } from "./strings.ts";
export type * from "./api/types.ts";
