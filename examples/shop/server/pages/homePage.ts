import { CATEGORIES } from "../../catalogue/Product.ts";
import { hash } from "../../catalogue/hash.ts";
import { categoryName } from "../colourName.ts";
import { productGrid } from "../components.ts";
import { html } from "../html.ts";
import { listEvent } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

const NEW_IN = { id: "home_new_in", name: "New in" };
const HERO = {
  promotion_id: "autumn_rail",
  promotion_name: "The autumn rail",
  creative_name: "rail_wide",
  creative_slot: "home_hero",
};

export function homePage(shop: Shop, visit: Visit): Page {
  // "New" has to come from somewhere: the data has no dates, so the model codes decide, away from the sale.
  const newIn = shop.products
    .filter(({ category }) => category !== "sale")
    .toSorted((a, b) => hash(`${a.model}/new`) - hash(`${b.model}/new`))
    .slice(0, 8);
  return {
    kind: "page",
    title: "Home",
    description: "Trousers, skirts, blouses and shoes from five small makers.",
    body: html` <h1 class="visually-hidden">Halden Row</h1>
      <section class="hero" data-vitrine-slot="home-hero">
        <div class="hero-default" data-promotion="${HERO.promotion_id}">
          <div class="hero-copy">
            <p class="eyebrow">Autumn, first delivery</p>
            <h2>Clothes for most of your days</h2>
            <p class="hero-lead">
              Linen that has been washed before you wear it, wool you can sit down in, and pockets wherever
              there is room for one.
            </p>
            <p>
              <a class="button" href="/c/trousers">Shop trousers</a>
              <a class="text-link" href="/c/skirts">or start with skirts</a>
            </p>
          </div>
          <img
            class="hero-picture"
            src="/images/rail.svg"
            width="1200"
            height="900"
            alt="A clothes rail with shirts, a dress, trousers and a skirt in quiet colors"
            fetchpriority="high"
          />
        </div>
      </section>
      <div class="slot-line" data-vitrine-slot="home-resume"></div>
      <div class="slot-line" data-vitrine-slot="home-again"></div>
      <div class="slot-line" data-vitrine-slot="home-next"></div>
      <div class="slot-line" data-vitrine-slot="home-prompt"></div>
      <section class="band" aria-labelledby="new-in">
        <div class="band-head">
          <h2 id="new-in">New in</h2>
          <a class="text-link" href="/c/blouses?sort=new">See all new blouses</a>
        </div>
        ${productGrid(newIn, { list: NEW_IN, saved: visit.saved, backTo: "/", level: 3 })}
      </section>
      <section class="band" aria-labelledby="departments">
        <div class="band-head"><h2 id="departments">Departments</h2></div>
        <ul class="tiles" role="list">
          ${CATEGORIES.map(
            (category) =>
              html`<li>
                <a class="tile" href="/c/${category}"
                  ><img
                    src="/images/tile-${category}.svg"
                    width="600"
                    height="600"
                    alt=""
                    loading="lazy"
                  /><span class="tile-name">${categoryName(category)}</span
                  ><span class="tile-count">${shop.inCategory(category).length} styles</span></a
                >
              </li>`,
          )}
        </ul>
      </section>
      <section class="promises" aria-label="What you can count on">
        <div>
          <h2>Made in small runs</h2>
          <p>When a size is gone it is gone for the season. We say so, and we say when it is nearly so.</p>
        </div>
        <div>
          <h2>Free returns</h2>
          <p>Thirty days, in the bag it came in. Tell us what did not fit and we pass it on to the cutter.</p>
        </div>
        <div>
          <h2>Pay at the door</h2>
          <p>Try it on first. Cash or card, when the parcel is in your hands.</p>
        </div>
      </section>`,
    data: {
      pageType: "home",
      events: [{ event: "view_promotion", ecommerce: { ...HERO } }, listEvent(NEW_IN, newIn)],
    },
  };
}
