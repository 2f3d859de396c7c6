import { colourName } from "../colourName.ts";
import { picture } from "../components.ts";
import { html } from "../html.ts";
import { dollars } from "../money.ts";
import type { Order } from "../orders.ts";
import { purchaseEvent } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import { totals } from "./cartPage.ts";

/**
 * The confirmation. It reports the purchase on every load, reloads included, as many shops do: whoever counts has
 * to count an order id once.
 */
export function orderPage(order: Order): Page {
  const arrival =
    order.delivery === "express" ? "tomorrow, or on Monday if that is a Sunday" : "in three to five days";
  return {
    kind: "page",
    title: `Order ${order.id}`,
    isPrivate: true,
    body: html`<div class="narrow">
      <p class="eyebrow">Order ${order.id}</p>
      <h1>Thank you, ${order.name}</h1>
      <p class="lead">
        It will be with you ${arrival}. Have ${order.payment === "cash" ? "cash" : "a card"} ready at the
        door; try things on first if you like. We have written to ${order.email}.
      </p>
      <div class="slot-line" data-vitrine-slot="order-survey"></div>
      <div class="cart">
        <ul class="cart-lines" role="list">
          ${order.lines.map(
            ({ product, size, quantity }) =>
              html`<li class="cart-line">
                <span class="cart-picture">${picture(product, { lazy: false })}</span>
                <div class="cart-text">
                  <p class="card-brand">${product.brand}</p>
                  <h2 class="card-name"><a href="/p/${product.model}">${product.name}</a></h2>
                  <p class="cart-facts">${colourName(product.colour)} · Size ${size} · ${quantity} ×</p>
                </div>
                <p class="cart-price">${dollars(product.price * quantity)}</p>
              </li>`,
          )}
        </ul>
        <section class="summary" aria-labelledby="summary">
          <h2 id="summary">Summary</h2>
          ${totals(order.goods, order.shipping)}
          <address>${order.name}<br />${order.street}<br />${order.zip} ${order.city}</address>
          <p><a class="text-link" href="/">Go on looking around</a></p>
        </section>
      </div>
    </div>`,
    data: { pageType: "purchase", events: [purchaseEvent(order)] },
  };
}
