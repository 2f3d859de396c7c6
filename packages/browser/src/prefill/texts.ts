/** What the notes say, by language; `{size}` is filled in. */
const TEXTS = {
  en: {
    change: "Change",
    suggest: "You usually take {size}.",
    take: "Choose {size}",
    ask: "For whom is it?",
    clear: "Clear",
  },
  de: {
    change: "Ändern",
    suggest: "Sie nehmen meist {size}.",
    take: "{size} wählen",
    ask: "Für wen ist es?",
    clear: "Zurücksetzen",
  },
};

/** Texts of a language tag; English where there are none. */
export const prefillTexts = (language: string): (typeof TEXTS)["en"] =>
  TEXTS[/^de\b/i.test(language) ? "de" : "en"];
