import type { Language } from "./language.ts";

/**
 * Polish, without gender: a past tense would say whether she or he did it. Names from a catalogue come after a colon, since
 * they stay in the nominative.
 */
export const pl: Language = {
  because: {
    continueCategory: "Na podstawie ostatnio oglądanej kategorii: {category}.",
    "resume.cart": "Te produkty wciąż czekają w koszyku.",
    "resume.list": "Te produkty są na Twojej liście.",
    "prefill.size": "Na podstawie wybieranego wcześniej rozmiaru: {size}.",
    "prefill.filters": "Na podstawie trzech wyszukiwań: {size}.",
    "prefill.store": "Na podstawie wybranego salonu.",
    message: "Wiadomość od sklepu.",
    value: "Ustawione przez regułę sklepu.",
    reorder: "Na podstawie wcześniejszych zakupów.",
    recommend: "To oglądali też inni, którzy oglądali: {product}.",
    availability: "Na podstawie oglądanego produktu: {product}. {store}: stan na {time}.",
    echoCreative: "Ponieważ ta wizyta zaczęła się od tej reklamy.",
    survey: "Sklep pyta część odwiedzających. Odpowiedź zostanie zachowana na potrzeby jego statystyk.",
    identifyPrompt: "Ponieważ to wizyta bez logowania. Tutaj nic nie jest zbierane.",
    "screen.recent": "Na podstawie oglądanego produktu: {product}.",
    "screen.cart": "Te produkty wciąż czekają w koszyku.",
    "screen.usualSize": "Na podstawie wybieranego wcześniej rozmiaru: {size}.",
  },
  words: {
    change: "Zmień",
    suggest: "Zwykle wybierany rozmiar: {size}.",
    take: "Wybierz {size}",
    ask: "Dla kogo?",
    clear: "Wyczyść",
    send: "Wyślij",
    dismiss: "Nie, dziękuję",
    thanks: "Dziękujemy za odpowiedź.",
  },
};
