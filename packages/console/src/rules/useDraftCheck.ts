import type { Rule } from "@vitrine/core";
import { useEffect, useState } from "preact/hooks";
import { ask } from "../api/client.ts";
import type { RulesCheck, RulesContent } from "../api/types.ts";
import { strings } from "../strings.ts";
import { jsonLines, lineOf } from "./jsonLines.ts";
import { lineOfSyntaxError } from "./lineOfSyntaxError.ts";

const TYPING_MS = 250;

/** Something to tell at a line of the editor. */
export interface LineNote {
  line: number;
  /** JSON pointer, or a rule's id. */
  path: string;
  message: string;
  /** True for a likely slip, false for what does not work as it stands. */
  isHint: boolean;
  /** The rule that it is about, by its place in the draft. */
  index?: number;
}

/** What is wrong and what is odd about the text in the editor. */
export interface DraftCheck {
  /** False while the server has not yet looked at the newest text. */
  isDone: boolean;
  problems: LineNote[];
  findings: LineNote[];
}

/** Checks the editor's text a moment after the last key: here that it is JSON, on the server everything else. */
export function useDraftCheck(text: string | undefined): DraftCheck {
  const [check, setCheck] = useState<DraftCheck & { of: string | undefined }>({
    of: undefined,
    isDone: false,
    problems: [],
    findings: [],
  });
  useEffect(() => {
    if (text === undefined) return undefined;
    const timer = setTimeout(() => {
      checkText(text).then(
        (found) => setCheck({ ...found, isDone: true, of: text }),
        () => setCheck({ of: text, isDone: false, problems: [], findings: [] }), // unreachable: saving says so
      );
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return check.of === text ? check : { ...check, isDone: false };
}

async function checkText(text: string): Promise<Pick<DraftCheck, "problems" | "findings">> {
  let content: RulesContent;
  try {
    content = JSON.parse(text) as RulesContent;
  } catch (error) {
    const { message } = error as SyntaxError;
    return {
      problems: [
        {
          line: lineOfSyntaxError(text) ?? 1,
          path: "",
          isHint: false,
          message: `${strings.rules.notJson}: ${message}`,
        },
      ],
      findings: [],
    };
  }
  const { problems, findings } = await ask<RulesCheck>("POST", "/rules/check", content);
  const lines = jsonLines(text);
  const indexOf = (id: string) => (content.rules ?? []).findIndex((rule: Rule) => rule.id === id);
  return {
    problems: problems.map(({ path, message }) => ({
      line: lineOf(lines, path),
      path,
      message,
      isHint: false,
    })),
    findings: findings.map(({ rule, message, severity }) => ({
      line: lineOf(lines, `/rules/${indexOf(rule)}`),
      index: indexOf(rule),
      path: rule,
      message,
      isHint: severity !== "error",
    })),
  };
}
