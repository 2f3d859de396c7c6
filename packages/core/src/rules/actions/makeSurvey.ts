import { OWN_WORDS } from "../languages/ownWords.ts";
import { localText, localWords } from "../text.ts";
import type { Texts } from "../ruleset.ts";
import type { Maker } from "./maker.ts";

const { send, dismiss } = OWN_WORDS.survey;

/** The question, unless she answered it or did not want it. */
export const makeSurvey: Maker<"survey"> = (action, { profile, context }) => {
  const { survey, kind, title, text, low, high, thanks, words } = action;
  if (profile.surveys.some((one) => one.survey === survey)) return undefined;
  const { language } = context.page;
  const say = (texts: Texts) => localText(texts, language);
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
      words: localWords({ send, dismiss }, words, language),
    },
  };
};
