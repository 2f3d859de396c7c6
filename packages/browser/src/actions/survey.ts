import { localText, OWN_WORDS, type Action, type SurveyAction } from "@vitrine/core";
import type { SlotAct } from "../slots/index.ts";
import type { ActionsHost } from "./actions.ts";

/** Takes a survey's answer, or that she does not want to give one; either is an event. */
export function answerSurvey(host: ActionsHost, { act, element, placement }: SlotAct): void {
  const block = element.closest(".vitrine-survey");
  const [first] = block?.querySelectorAll("input") ?? [];
  if (!block || !first) return;
  const survey = first.name.replace("vitrine-", "");
  const action = surveyOf(host, survey);
  const tell = (event: string, more: object) =>
    void host._engine._capture({
      type: "track",
      event,
      properties: { survey_id: survey, ...(action && { kind: action.kind }), placement, ...more },
    });
  if (act === "survey.dismiss") {
    tell("Survey Dismissed", {});
    host._settle(block, true);
  }
  if (act !== "survey.send") return;
  const chosen = block.querySelector<HTMLInputElement>("input:checked");
  // The group is announced with its question.
  if (!chosen) return first.focus();
  tell("Survey Answered", { score: Number(chosen.value) });
  host._settle(block, false);
  thank(block, localText({ en: OWN_WORDS.survey.thanks, ...action?.thanks }, document.documentElement.lang));
}

function surveyOf(host: ActionsHost, survey: string): SurveyAction | undefined {
  const isIt = (action: Action | undefined): action is SurveyAction =>
    action?.type === "survey" && action.survey === survey;
  return host._engine._ruleset?.rules.map((rule) => rule?.action).find(isIt);
}

/** Puts thanks in place of the question; the focus goes with them, since its button is gone. */
function thank(block: Element, text: string): void {
  const thanks = block.ownerDocument.createElement("p");
  thanks.className = "vitrine-text";
  thanks.tabIndex = -1;
  thanks.setAttribute("role", "status");
  thanks.textContent = text;
  block.replaceChildren(thanks);
  thanks.focus();
}
