import { type CartLine, valueOf } from "../cart.ts";
import { colourName } from "../colourName.ts";
import { picture } from "../components.ts";
import type { Flash } from "../flash.ts";
import { type Html, html, raw } from "../html.ts";
import { dollars, FREE_DELIVERY_FROM, shippingFor } from "../money.ts";
import { cartEvent, flashEvents } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import type { Shop } from "../Shop.ts";
import type { Visit } from "../Visit.ts";

export function cartPage(shop: Shop, visit: Visit): Page {
  const { cart, flash } = visit;
  return {
    kind: "page",
    title: "Your bag",
    isPrivate: true,
    body: html`<div class="narrow">
      <h1>Your bag</h1>
      ${flashNote(flash)}
      <div class="slot-line" data-vitrine-slot="cart-note"></div>
      ${cart.length ? filled(shop, visit) : empty()}
    </div>`,
    data: { pageType: "cart", events: [...flashEvents(flash), cartEvent("view_cart", cart)] },
  };
}

function flashNote(flash: Flash | undefined): Html | string {
  if (!flash) return "";
  const what = flash.size ? `${flash.product.name}, size ${flash.size}` : flash.product.name;
  if (flash.kind === "added") return html`<p class="note" role="status">Added: ${what}.</p>`;
  if (flash.kind === "removed") return html`<p class="note" role="status">Taken out: ${what}.</p>`;
  return "";
}

function filled(shop: Shop, { cart }: Visit): Html {
  const goods = valueOf(cart);
  const missing = FREE_DELIVERY_FROM - goods;
  return html`<div class="cart">
    <ul class="cart-lines" role="list">
      ${cart.map((line) => cartLine(line, shop))}
    </ul>
    <section class="summary" aria-labelledby="summary">
      <h2 id="summary">Summary</h2>
      ${totals(goods, shippingFor(goods, "standard"))}
      ${missing > 0 ? html`<p class="summary-note">${dollars(missing)} more and delivery is free.</p>` : ""}
      <a class="button button-wide" href="/checkout">Check out</a>
      <p class="summary-note">Pay when it arrives. Free returns within 30 days.</p>
    </section>
  </div>`;
}

/** Goods, delivery and total as a description list; taxes are in the price. */
export function totals(goods: number, shipping: number): Html {
  return html`<dl class="totals">
    <div>
      <dt>Goods</dt>
      <dd>${dollars(goods)}</dd>
    </div>
    <div>
      <dt>Delivery</dt>
      <dd>${shipping ? dollars(shipping) : "Free"}</dd>
    </div>
    <div class="total">
      <dt>Total</dt>
      <dd>${dollars(goods + shipping)}</dd>
    </div>
  </dl>`;
}

function cartLine(line: CartLine, shop: Shop): Html {
  const { product, size, quantity } = line;
  const most = Math.max(quantity, Math.min(9, shop.stock(product.model, size)));
  const options = Array.from({ length: most }, (_, index) => index + 1).map(
    (count) => html`<option value="${count}" ${count === quantity ? raw(" selected") : ""}>${count}</option>`,
  );
  const hidden = html`<input type="hidden" name="model" value="${product.model}" /><input
      type="hidden"
      name="size"
      value="${size}"
    />`;
  const id = `quantity-${product.model}-${size}`;
  return html`<li class="cart-line">
    <a class="cart-picture" href="/p/${product.model}" tabindex="-1" aria-hidden="true"
      >${picture(product, { lazy: false })}</a
    >
    <div class="cart-text">
      <p class="card-brand">${product.brand}</p>
      <h2 class="card-name"><a href="/p/${product.model}">${product.name}</a></h2>
      <p class="cart-facts">${colourName(product.colour)} · Size ${size}</p>
      <div class="cart-forms">
        <form method="post" action="/cart/update" data-autosubmit>
          ${hidden} <label for="${id}">Quantity</label>
          <select id="${id}" name="quantity">
            ${options}
          </select>
          <button class="button-plain" data-update aria-label="Update the quantity of ${product.name}">
            Update
          </button>
        </form>
        <form method="post" action="/cart/update">
          ${hidden}<input type="hidden" name="quantity" value="0" />
          <button class="button-plain" aria-label="Remove ${product.name}, size ${size}">Remove</button>
        </form>
      </div>
    </div>
    <p class="cart-price">${dollars(product.price * quantity)}</p>
  </li>`;
}

function empty(): Html {
  return html`<div class="empty">
    <p>Nothing in it yet. That can be helped.</p>
    <p>
      <a class="button" href="/c/blouses">Browse blouses</a>
      <a class="text-link" href="/saved">or look at what you saved</a>
    </p>
  </div>`;
}
