import { CATEGORIES } from "../catalogue/Product.ts";
import { assetPath } from "./assets.ts";
import { piecesIn } from "./cart.ts";
import { categoryName } from "./colourName.ts";
import { icon } from "./components.ts";
import { type Html, html, jsonScript, raw } from "./html.ts";
import { dollars, FREE_DELIVERY_FROM } from "./money.ts";
import type { Page } from "./Reply.ts";
import type { Visit } from "./Visit.ts";

export const SHOP_NAME = "Halden Row";

/**
 * The whole document around a page's body. `head` is trusted: it is the shop's own configuration.
 * @param hasWorker the page's script registers `/sw.js`
 */
export function layout(page: Page, visit: Visit, head: string, hasWorker: boolean): string {
  const { pathname } = visit.url;
  const title =
    pathname === "/" ? `${SHOP_NAME} — clothes for most of your days` : `${page.title} — ${SHOP_NAME}`;
  const document = html`<!doctype html>
    <html lang="en-US">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${raw(head)}
        <title>${title}</title>
        ${page.description ? html`<meta name="description" content="${page.description}" />` : ""}
        ${page.isPrivate ? raw('<meta name="robots" content="noindex">') : ""}
        <link rel="stylesheet" href="${assetPath("shop.css")}" />
        <noscript><link rel="stylesheet" href="${assetPath("no-script.css")}" /></noscript>
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        <script src="${assetPath("shop.js")}" defer></script>
        ${jsonScript('type="application/json" id="page-data"', {
          ...page.data,
          user: visit.user ?? null,
          ...(hasWorker && { hasWorker }),
        })}
        ${(page.jsonLd ?? []).map((data) => jsonScript('type="application/ld+json"', data))}
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        ${header(visit)}
        <main id="main" tabindex="-1">${page.body}</main>
        ${footer()} ${consentBanner()}
      </body>
    </html>`;
  return document.markup;
}

function header({ url, cart, user }: Visit): Html {
  const pieces = piecesIn(cart);
  const links = CATEGORIES.map((category) => {
    const current = url.pathname === `/c/${category}` ? raw(' aria-current="page"') : raw("");
    return html`<li><a href="/c/${category}" ${current}>${categoryName(category)}</a></li>`;
  });
  return html`<header class="site-header">
    <div class="announcement" data-vitrine-slot="announcement" data-vitrine-live>
      <p>Free delivery over ${dollars(FREE_DELIVERY_FROM)} · Free returns within 30 days</p>
    </div>
    <div class="site-bar">
      <a class="wordmark" href="/">${SHOP_NAME}</a>
      <nav class="categories" aria-label="Departments">
        <ul role="list">
          ${links}
        </ul>
      </nav>
      <form class="search" role="search" action="/search">
        <label class="visually-hidden" for="search">Search the shop</label>
        <input
          id="search"
          type="search"
          name="q"
          placeholder="Search"
          autocomplete="off"
          maxlength="80"
          value="${url.pathname === "/search" ? (url.searchParams.get("q") ?? "") : ""}"
        />
        <button aria-label="Search">${icon("search")}</button>
      </form>
      <nav class="tools" aria-label="Yours">
        <ul role="list">
          <li>
            <a href="/account"
              >${icon("person")}<span class="tool-name">${user ? user.name : "Sign in"}</span></a
            >
          </li>
          <li>
            <a href="/saved">${icon("heart")}<span class="tool-name">Saved</span></a>
          </li>
          <li>
            <a href="/cart"
              >${icon("bag")}<span class="tool-name">Bag</span
              ><span class="count${pieces ? "" : " count-none"}"
                >${pieces}<span class="visually-hidden"> ${pieces === 1 ? "piece" : "pieces"}</span></span
              ></a
            >
          </li>
        </ul>
      </nav>
    </div>
  </header>`;
}

function footer(): Html {
  return html`<footer class="site-footer">
    <div class="footer-columns">
      <section>
        <h2>Shop</h2>
        <ul role="list">
          ${CATEGORIES.map((category) => html`<li><a href="/c/${category}">${categoryName(category)}</a></li>`)}
        </ul>
      </section>
      <section>
        <h2>Help</h2>
        <ul role="list">
          <li><a href="/help#delivery">Delivery</a></li>
          <li><a href="/help#returns">Returns</a></li>
          <li><a href="/help#sizes">Size guide</a></li>
        </ul>
      </section>
      <section>
        <h2>You</h2>
        <ul role="list">
          <li><a href="/account">Account</a></li>
          <li><a href="/saved">Saved</a></li>
          <li><a href="/privacy">Privacy choices</a></li>
        </ul>
      </section>
      <section class="footer-note">
        <h2>${SHOP_NAME}</h2>
        <p>Five makers and a shoemaker, on one quiet street. Delivered from there since 2008.</p>
      </section>
    </div>
    <p class="footer-small">A demonstration shop: nothing is sold here and nothing is sent.</p>
  </footer>`;
}

// Hidden until shop.js finds that no choice was made: without scripts there is nothing to consent to.
function consentBanner(): Html {
  return html`<section class="consent" aria-label="Privacy choices" hidden>
    <p>
      May we remember what you looked at and your sizes, to show them to you next time?
      <a href="/privacy">More and other choices</a>
    </p>
    <div class="consent-buttons">
      <button type="button" class="button-quiet" data-consent="denied">Decline</button
      ><button type="button" class="button-quiet" data-consent="granted">Accept</button>
    </div>
  </section>`;
}
