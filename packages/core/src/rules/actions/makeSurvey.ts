import { localText } from "../text.ts";
import type { Texts } from "../ruleset.ts";
import type { Maker } from "./maker.ts";

/** The question, unless she answered it or did not want it. */
export const makeSurvey: Maker<"survey"> = (action, { profile, context }) => {
  const { survey, kind, title, text, low, high, thanks } = action;
  if (profile.surveys.some((one) => one.survey === survey)) return undefined;
  const say = (texts: Texts) => localText(texts, context.page.language);
  return {
    outcome: {
      type: "survey",
      survey,
      kind,
      title: say(title),
      low: say(low),
      high: say(high),
      text: text && say(text),
      thanks: thanks && say(thanks),
    },
  };
};
