import type { Language } from "./language.ts";

/** Spanish; shoppers are "tú", as fashion shops say it. */
export const es: Language = {
  because: {
    continueCategory: "Porque la última vez miraste {category}.",
    "resume.cart": "Porque sigue en tu carrito.",
    "resume.list": "Porque está en tu lista.",
    "prefill.size": "Porque ya elegiste la talla {size}.",
    "prefill.filters": "Porque buscaste {size} tres veces.",
    "prefill.store": "Porque elegiste esta tienda.",
    message: "Un mensaje de la tienda.",
    value: "Definido por una regla de la tienda.",
    reorder: "Porque ya lo compraste antes.",
    recommend: "Porque otras personas que miraron {product} también miraron esto.",
    availability: "Porque miraste {product}. {store} contó sus existencias el {time}.",
    echoCreative: "Porque llegaste desde este anuncio.",
    survey: "La tienda pregunta a algunos de sus visitantes. Tu respuesta se guarda para sus estadísticas.",
    identifyPrompt: "Porque no has iniciado sesión. Aquí no se recoge nada.",
    "screen.recent": "Porque miraste {product}.",
    "screen.cart": "Porque sigue en tu carrito.",
    "screen.usualSize": "Porque ya elegiste la talla {size}.",
  },
  words: {
    change: "Cambiar",
    suggest: "Tu talla habitual: {size}.",
    take: "Elegir {size}",
    ask: "¿Para quién es?",
    clear: "Borrar",
    send: "Enviar",
    dismiss: "No, gracias",
    thanks: "Gracias por tu respuesta.",
  },
};
