import { SCALES } from "../surveys/surveyScore.ts";
import type { SurveyOutcome } from "./decision.ts";
import { element } from "./viewElement.ts";
import type { ViewNode } from "./viewNode.ts";

/**
 * A survey as content: a group of radio buttons under its question, the ends of the scale named beside them and, for whoever
 * hears the page, at its first and last button; then to send and to dismiss. `data-vitrine-act` says what a button does.
 */
export function presentSurvey(
  { survey, kind, title, text, low, high, words }: SurveyOutcome,
  because: string | undefined,
): ViewNode[] {
  const { from, to } = SCALES[kind];
  const points = Array.from({ length: to - from + 1 }, (_, i): ViewNode => {
    const value = String(from + i);
    const end = from + i === from ? low : from + i === to ? high : undefined;
    const field = { name: `vitrine-${survey}`, value, ...(end && { "aria-label": `${value}, ${end}` }) };
    return ["label", {}, ["input", field], value];
  });
  return [
    element("div", "block vitrine-survey", [
      [
        "fieldset",
        {},
        element("legend", "title", [title]),
        ...(text ? [element("p", "text", [text])] : []),
        element("div", "row", points),
        element("div", "row", [
          ["small", {}, low],
          ["small", {}, high],
        ]),
      ],
      element("div", "row", [
        ["button", { "data-vitrine-act": "survey.send" }, words.send],
        ["button", { "data-vitrine-act": "survey.dismiss" }, words.dismiss],
      ]),
      because && element("small", "because", [because]),
    ]),
  ];
}
