import type { Language } from "./language.ts";
import { OWN_WORDS } from "./ownWords.ts";

/** English, to which every other language falls back. */
export const en: Language = {
  because: {
    continueCategory: "Because you looked at {category} last time.",
    "resume.cart": "Because you left this in your cart.",
    "resume.list": "Because you put this on your list.",
    "prefill.size": "Because you chose {size} before.",
    "prefill.filters": "Because you looked for {size} three times.",
    "prefill.store": "Because you chose this store.",
    message: "A note from the shop.",
    value: "Set by a rule of the shop.",
    reorder: "Because you bought this before.",
    recommend: "Because others who looked at {product} looked at these, too.",
    availability: "Because you looked at {product}. {store} counted on {time}.",
    echoCreative: "Because you came from this advertisement.",
    survey: "The shop asks some of its visitors. Your answer is kept for its statistics.",
    identifyPrompt: "Because you are not signed in. Nothing is collected here.",
    "screen.recent": "Because you looked at {product}.",
    "screen.cart": "Because you left this in your cart.",
    "screen.usualSize": "Because you chose {size} before.",
  },
  words: { ...OWN_WORDS.size, ...OWN_WORDS.choice, ...OWN_WORDS.survey },
};
