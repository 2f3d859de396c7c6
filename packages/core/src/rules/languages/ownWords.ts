import type { ChoiceWord, SizeWord, SurveyWord } from "../ruleset.ts";

/** The English words, which pages have without being told: what stands where a ruleset brings none. */
export const OWN_WORDS: {
  size: Record<SizeWord, string>;
  choice: Record<ChoiceWord, string>;
  survey: Record<SurveyWord | "thanks", string>;
} = {
  size: {
    change: "Change",
    suggest: "You usually take {size}.",
    take: "Choose {size}",
    ask: "For whom is it?",
  },
  choice: { clear: "Clear" },
  survey: { send: "Send", dismiss: "No, thanks", thanks: "Thank you for your answer." },
};
