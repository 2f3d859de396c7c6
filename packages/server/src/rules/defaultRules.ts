import type { RulesContent } from "./parseRules.ts";

/**
 * The rules a new site starts with: continue the last category, choose the usual size, pick up the cart; and on a mirror that a
 * shopper lends her profile, her cart and what she looked at.
 * Measured on real clicks, the last category is the right one in 81.8 % of visits, the most frequent one in 56.9 %.
 */
export const DEFAULT_RULES: RulesContent = {
  rules: [
    {
      id: "home-continue",
      placement: "home-hero",
      priority: 50,
      purposes: ["personalization"],
      when: { "profile.lastViewed.category": { $exists: true }, "session.isNew": true },
      action: {
        type: "continueCategory",
        limit: 4,
        title: {
          en: "Still looking for {category}?",
          de: "Noch auf der Suche nach {category}?",
        },
        label: { en: "All {category}", de: "Alle {category}" },
      },
    },
    {
      id: "usual-size",
      placement: "size",
      priority: 50,
      purposes: ["personalization"],
      action: { type: "prefill", what: "size" },
    },
    {
      id: "home-resume",
      placement: "home-resume",
      priority: 40,
      purposes: ["personalization"],
      when: { "profile.cart.count": { $gt: 0 } },
      action: {
        type: "resume",
        what: "cart",
        limit: 3,
        title: {
          en: "Your cart is as you left it",
          de: "Ihr Warenkorb ist noch da",
        },
        label: { en: "Go to your cart", de: "Zum Warenkorb" },
        href: "/cart",
      },
    },
    {
      id: "mirror-cart",
      placement: "mirror-cart",
      priority: 30,
      purposes: ["personalization"],
      action: {
        type: "screen",
        list: "cart",
        limit: 3,
        title: { en: "Try on what is in your cart", de: "Probieren Sie an, was in Ihrem Warenkorb liegt" },
      },
    },
    {
      id: "mirror-recent",
      placement: "mirror-recent",
      priority: 20,
      purposes: ["personalization"],
      action: {
        type: "screen",
        list: "recent",
        limit: 6,
        title: { en: "You looked at these", de: "Das haben Sie angesehen" },
      },
    },
  ],
};
