import { localText, type Action, type Rule } from "@vitrine/core";
import { strings } from "../strings.ts";
import { formatFineShare, formatShare } from "../ui/format.ts";

const text = strings.rules;

/** What an action does, in a line. */
export function wordsOfAction(action: Action): string {
  switch (action.type) {
    case "continueCategory":
      return text.actions.continueCategory(action.limit ?? 4);
    case "resume":
      return action.what === "cart" ? text.actions.resumeCart : text.actions.resumeList;
    case "prefill":
      return text.actions.prefill[action.what];
    case "message":
      return text.actions.message;
    case "value":
      return text.actions.value;
    case "screen":
      return text.actions.screen[action.list];
    case "reorder":
    case "recommend":
    case "availability":
    case "echoCreative":
    case "survey":
    case "identifyPrompt":
      return text.actions[action.type];
    default:
      return text.actions.other;
  }
}

/** The words a shopper reads, where the rule brings some. */
export function quoteOf(action: Action): string | undefined {
  if (action.type === "value") return JSON.stringify(action.value);
  if (action.type === "prefill") return undefined;
  const texts = [action.title, action.text].flatMap((one) => (one ? [localText(one, "en")] : []));
  return texts.join(" – ") || undefined;
}

/** What narrows a rule down besides its conditions. */
export function limitsOf({
  cap,
  schedule,
  ramp = 1,
  exclusive,
  experiment,
  purposes = ["personalization"],
  priority,
}: Rule): string[] {
  const range = [
    schedule?.from ? `${text.from} ${schedule.from}` : "",
    schedule?.to ? `${text.to} ${schedule.to}` : "",
    (schedule?.from || schedule?.to) && schedule.timeZone ? schedule.timeZone : "",
  ].filter(Boolean);
  return [
    ...(range.length > 0 ? [range.join(" ")] : []),
    ...(cap ? [text.cap[cap.per](cap.max)] : []),
    ...(ramp < 1 ? [text.ramp(formatFineShare(ramp))] : []),
    ...(exclusive ? [text.exclusive(formatFineShare(exclusive.to - exclusive.from), exclusive.group)] : []),
    ...(experiment
      ? [
          text.split(
            experiment.variants
              .map((name, i) => `${name} ${formatShare(experiment.weights[i] ?? 0)}`)
              .join(", "),
          ),
        ]
      : []),
    ...(purposes.length > 0
      ? [text.needs(purposes.map((one) => strings.customer.purposes[one]).join(", "))]
      : []),
    text.priority(priority ?? 0),
  ];
}
