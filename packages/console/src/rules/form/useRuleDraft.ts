import type { Rule } from "@vitrine/core";
import { useState } from "preact/hooks";
import type { RulesContent, RulesState } from "../../api/types.ts";
import { strings } from "../../strings.ts";
import { replaceAt } from "./replaceAt.ts";
import { contentIn, contentOf, saveDraft, textOfContent, useDraftText } from "../draftText.ts";
import { jsonLines, lineOf } from "../jsonLines.ts";
import { lineOfSyntaxError } from "../lineOfSyntaxError.ts";
import { useDraftCheck, type DraftCheck } from "../useDraftCheck.ts";

/** One rule of the draft, as the form and the JSON beside it see it. */
export interface RuleDraft {
  /** The whole draft as it stands, saved or not; undefined while it is no JSON. */
  content: RulesContent | undefined;
  rule: Rule | undefined;
  isUnsaved: boolean;
  /** The rule as JSON, just as it was typed. */
  json: string;
  /** The line at which that stops being JSON. */
  brokenLine: number | undefined;
  check: DraftCheck;
  /** How many problems other rules of the draft have. */
  otherProblems: number;
  readonly setRule: (rule: Rule) => void;
  readonly setJson: (text: string) => void;
  /** Takes the rule out of the draft. */
  readonly remove: () => void;
  /** Saves the draft as it stands; see {@link saveDraft}. */
  readonly save: (onSaved: (state: RulesState) => void) => Promise<void>;
}

/** Follows one rule of the draft; it keeps its place in it, whatever becomes of its id. */
export function useRuleDraft(state: RulesState, id: string): RuleDraft {
  const savedText = textOfContent(contentOf(state));
  const { typed, setTyped, isUnsaved } = useDraftText(savedText);
  const text = typed ?? savedText;
  const content = contentIn(text);
  const [index] = useState(() => content?.rules.findIndex((rule) => rule.id === id) ?? -1);
  const [typedJson, setTypedJson] = useState<string>();
  const rule = content?.rules[index];
  const json = typedJson ?? (rule ? JSON.stringify(rule, null, 2) : "");
  const brokenLine = lineOfSyntaxError(json);
  const checked = useDraftCheck(text);
  const own = brokenLine === undefined ? ownCheck(checked, index, json) : brokenCheck(brokenLine);

  const put = (rules: (rules: Rule[]) => Rule[]) => {
    if (content) setTyped(textOfContent({ ...content, rules: rules(content.rules) }));
  };
  return {
    content,
    rule,
    isUnsaved,
    json,
    brokenLine,
    check: own,
    otherProblems: checked.problems.filter(({ path }) => !isOf(path, index)).length,
    setRule(next) {
      setTypedJson(undefined);
      put((rules) => replaceAt(rules, index, next));
    },
    setJson(next) {
      setTypedJson(next);
      if (lineOfSyntaxError(next) === undefined)
        put((rules) => replaceAt(rules, index, JSON.parse(next) as Rule));
    },
    remove: () => put((rules) => replaceAt(rules, index)),
    save: (onSaved) => saveDraft(text, onSaved),
  };
}

/** What the check of the whole draft says of this rule, at the lines of its own JSON. */
function ownCheck(check: DraftCheck, index: number, json: string): DraftCheck {
  const lines = jsonLines(json);
  const at = `/rules/${index}`;
  return {
    isDone: check.isDone,
    problems: check.problems
      .filter(({ path }) => isOf(path, index))
      .map((note) => ({
        ...note,
        path: note.path.slice(at.length),
        line: lineOf(lines, note.path.slice(at.length)),
      })),
    findings: check.findings.filter(({ index: of }) => of === index).map((note) => ({ ...note, line: 1 })),
  };
}

const isOf = (path: string, index: number): boolean => `${path}/`.startsWith(`/rules/${index}/`);

const brokenCheck = (line: number): DraftCheck => ({
  isDone: true,
  problems: [{ line, path: "", isHint: false, message: strings.rules.notJson }],
  findings: [],
});
