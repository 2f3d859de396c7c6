import type { Language } from "./language.ts";

/** French; shoppers are "vous". A colon and a question mark stand after a space that does not break. */
export const fr: Language = {
  because: {
    continueCategory: "Parce que vous avez regardé {category} la dernière fois.",
    "resume.cart": "Parce que ces articles sont restés dans votre panier.",
    "resume.list": "Parce que ces articles sont dans votre liste.",
    "prefill.size": "Parce que vous avez déjà choisi la taille {size}.",
    "prefill.filters": "Parce que vous avez cherché {size} trois fois.",
    "prefill.store": "Parce que vous avez choisi ce magasin.",
    message: "Un message de la boutique.",
    value: "Défini par une règle de la boutique.",
    reorder: "Parce que vous avez déjà acheté ces articles.",
    recommend: "Parce que d’autres qui ont regardé {product} ont aussi regardé ces articles.",
    availability: "Parce que vous avez regardé {product}. {store}\u00A0: stock compté le {time}.",
    echoCreative: "Parce que vous venez de cette publicité.",
    survey:
      "La boutique interroge une partie de ses visiteurs. Votre réponse est conservée pour ses statistiques.",
    identifyPrompt: "Parce que vous n’êtes pas connecté(e). Rien n’est collecté ici.",
    "screen.recent": "Parce que vous avez regardé {product}.",
    "screen.cart": "Parce que ces articles sont restés dans votre panier.",
    "screen.usualSize": "Parce que vous avez déjà choisi la taille {size}.",
  },
  words: {
    change: "Modifier",
    suggest: "Votre taille habituelle\u00A0: {size}.",
    take: "Choisir {size}",
    ask: "C’est pour qui\u00A0?",
    clear: "Effacer",
    send: "Envoyer",
    dismiss: "Non merci",
    thanks: "Merci pour votre réponse.",
  },
};
