import { valueOf } from "../cart.ts";
import { picture } from "../components.ts";
import { type Html, html, raw } from "../html.ts";
import { dollars, shippingFor } from "../money.ts";
import { cartEvent } from "../pageData.ts";
import type { Page } from "../Reply.ts";
import type { Visit } from "../Visit.ts";
import { totals } from "./cartPage.ts";

export type FieldName = "email" | "name" | "street" | "city" | "zip";

/** What was typed, and what is wrong with it by field. */
export interface CheckoutForm {
  values: Partial<Record<FieldName | "delivery" | "payment", string>>;
  errors: Partial<Record<FieldName, string>>;
}

interface Field {
  name: FieldName;
  label: string;
  type: string;
  autocomplete: string;
}

const CONTACT: readonly Field[] = [{ name: "email", label: "Email", type: "email", autocomplete: "email" }];
const ADDRESS: readonly Field[] = [
  { name: "name", label: "Full name", type: "text", autocomplete: "name" },
  { name: "street", label: "Street and number", type: "text", autocomplete: "street-address" },
  { name: "city", label: "City", type: "text", autocomplete: "address-level2" },
  { name: "zip", label: "ZIP code", type: "text", autocomplete: "postal-code" },
];

/** The checkout; with `form` it is shown again because something in it cannot be. */
export function checkoutPage(visit: Visit, form?: CheckoutForm): Page {
  const { cart } = visit;
  const goods = valueOf(cart);
  const values = form?.values ?? {};
  const errors = form?.errors ?? {};
  const isExpress = values.delivery === "express";
  const fields = (list: readonly Field[]): Html[] =>
    list.map((field) => fieldRow(field, values[field.name], errors[field.name]));
  return {
    kind: "page",
    status: form ? 422 : 200,
    title: form ? "Checkout: something is missing" : "Checkout",
    isPrivate: true,
    body: html`<div class="narrow">
      <h1>Checkout</h1>
      ${errorSummary(errors)}
      <div class="cart">
        <form class="checkout" method="post" action="/checkout" data-checkout>
          <fieldset>
            <legend>Contact</legend>
            ${fields(CONTACT)}
          </fieldset>
          <fieldset data-shipping>
            <legend>Delivery address</legend>
            ${fields(ADDRESS)}
          </fieldset>
          <fieldset data-shipping>
            <legend>Delivery</legend>
            ${choice("delivery", "standard", `Standard, 3–5 days`, shippingFor(goods, "standard"), !isExpress)}
            ${choice("delivery", "express", "Express, next working day", shippingFor(goods, "express"), isExpress)}
          </fieldset>
          <fieldset data-payment>
            <legend>Pay on delivery</legend>
            ${choice("payment", "card", "By card, to the courier", undefined, values.payment !== "cash")}
            ${choice("payment", "cash", "In cash, to the courier", undefined, values.payment === "cash")}
          </fieldset>
          <button class="button button-wide">Place order</button>
          <p class="summary-note">
            You pay when the parcel is in your hands. This is a demonstration: nothing will come.
          </p>
        </form>
        <section class="summary" aria-labelledby="summary">
          <h2 id="summary">Your bag</h2>
          <ul class="mini-lines" role="list">
            ${cart.map(
              ({ product, size, quantity }) =>
                html`<li>
                  ${picture(product, { lazy: false })}<span
                    >${product.name}<br /><small>Size ${size} · ${quantity} ×</small></span
                  ><span>${dollars(product.price * quantity)}</span>
                </li>`,
            )}
          </ul>
          ${totals(goods, shippingFor(goods, isExpress ? "express" : "standard"))}
          <p class="summary-note"><a href="/cart">Change the bag</a></p>
        </section>
      </div>
    </div>`,
    // Shown again for an error it is still the same checkout.
    data: { pageType: "checkout", events: form ? [] : [cartEvent("begin_checkout", cart)] },
  };
}

function fieldRow({ name, label, type, autocomplete }: Field, value = "", error = ""): Html {
  const invalid = error ? html` aria-invalid="true" aria-describedby="${name}-error"` : "";
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      maxlength="120"
      required
      value="${value}"
      ${invalid}
    />
    ${error && html`<p class="form-error" id="${name}-error">${error}</p>`}
  </div>`;
}

function choice(
  name: string,
  value: string,
  label: string,
  cost: number | undefined,
  isChecked: boolean,
): Html {
  const shown = cost === undefined ? "" : cost === 0 ? "Free" : dollars(cost);
  return html`<label class="choice"
    ><input type="radio" name="${name}" value="${value}" ${isChecked ? raw(" checked") : ""} /><span
      >${label}</span
    ><span class="choice-cost">${shown}</span></label
  >`;
}

function errorSummary(errors: CheckoutForm["errors"]): Html | string {
  const entries = Object.entries(errors);
  if (!entries.length) return "";
  return html`<div class="error-summary" role="alert">
    <p>Please look again at:</p>
    <ul>
      ${entries.map(([name, error]) => html`<li><a href="#${name}">${error}</a></li>`)}
    </ul>
  </div>`;
}
