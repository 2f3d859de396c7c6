import type { Language } from "./language.ts";

/** German; shoppers are "Sie". */
export const de: Language = {
  because: {
    continueCategory: "Weil Sie zuletzt {category} angesehen haben.",
    "resume.cart": "Weil das noch in Ihrem Warenkorb liegt.",
    "resume.list": "Weil Sie das auf Ihre Liste gesetzt haben.",
    "prefill.size": "Weil Sie früher {size} gewählt haben.",
    "prefill.filters": "Weil Sie dreimal nach {size} gesucht haben.",
    "prefill.store": "Weil Sie diese Filiale gewählt haben.",
    message: "Ein Hinweis des Shops.",
    value: "Von einer Regel des Shops bestimmt.",
    reorder: "Weil Sie das schon einmal gekauft haben.",
    recommend: "Weil andere, die sich {product} angesehen haben, sich auch das angesehen haben.",
    availability: "Weil Sie {product} angesehen haben. {store} hat am {time} gezählt.",
    echoCreative: "Weil Sie über diese Anzeige gekommen sind.",
    survey: "Der Shop fragt einige seiner Besucher. Ihre Antwort geht in seine Statistik ein.",
    identifyPrompt: "Weil Sie nicht angemeldet sind. Hier wird nichts erfasst.",
    "screen.recent": "Weil Sie {product} angesehen haben.",
    "screen.cart": "Weil das noch in Ihrem Warenkorb liegt.",
    "screen.usualSize": "Weil Sie früher {size} gewählt haben.",
  },
  words: {
    change: "Ändern",
    suggest: "Sie nehmen meist {size}.",
    take: "{size} wählen",
    ask: "Für wen ist es?",
    clear: "Zurücksetzen",
    send: "Senden",
    dismiss: "Nein, danke",
    thanks: "Danke für Ihre Antwort.",
  },
};
