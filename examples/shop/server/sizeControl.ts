import { sizesOf } from "../catalogue/sizes.ts";
import type { Product, SizeSystem } from "../catalogue/Product.ts";
import { type Html, html, raw } from "./html.ts";
import type { Shop } from "./Shop.ts";

interface Choice {
  size: string;
  /** Units in stock. */
  units: number;
}

const SYSTEM_NOTE: Readonly<Record<SizeSystem, string>> = {
  INT: "",
  EU: "European sizes",
  EU_SHOE: "European sizes",
};

/** The choice of a size, in the three ways that shops build it: a select, radio buttons, or buttons with a script. */
export function sizeControl(product: Product, shop: Shop): Html {
  const choices = sizesOf(product).map((size) => ({ size, units: shop.stock(product.model, size) }));
  const control =
    product.category === "shoes"
      ? buttons(choices)
      : product.category === "blouses"
        ? radios(choices)
        : select(choices);
  return html`<div
    class="size"
    data-vitrine-prefill="size"
    data-size-system="${product.sizeSystem}"
    data-size-group="${product.sizeGroup}"
    data-size-department="women"
    data-brand="${product.brand}"
    data-category="${product.category}"
  >
    ${control(SYSTEM_NOTE[product.sizeSystem])}
  </div>`;
}

type Control = (note: string) => Html;

function select(choices: readonly Choice[]): Control {
  return (note) =>
    html`<label class="size-label" for="size">Size ${hint(note)}</label>
      <select id="size" name="size" required>
        <option value="">Choose a size</option>
        ${choices.map(({ size, units }) => html`<option value="${size}" ${units ? "" : raw(" disabled")}>${size}${stockWord(units)}</option>`)}
      </select>`;
}

function radios(choices: readonly Choice[]): Control {
  return (note) =>
    html`<fieldset class="chips">
      <legend class="size-label">Size ${hint(note)}</legend>
      <div class="chip-row">${choices.map((choice) => radio(choice, "size"))}</div>
    </fieldset>`;
}

function buttons(choices: readonly Choice[]): Control {
  return (note) =>
    html`<p class="size-label" id="size-label">Size ${hint(note)}</p>
      <div class="chip-row needs-script" role="group" aria-labelledby="size-label" data-size-buttons>
        ${choices.map(
          ({ size, units }) =>
            html`<button
              type="button"
              class="chip"
              data-value="${size}"
              aria-pressed="false"
              ${units ? "" : raw(" disabled")}
            >
              ${size}${units ? "" : html`<span class="visually-hidden"> sold out</span>`}
            </button>`,
        )}
      </div>
      <input type="hidden" name="size" value="" />
      <noscript
        ><fieldset class="chips">
          <legend class="visually-hidden">Size</legend>
          <div class="chip-row">${choices.map((choice) => radio(choice, "shoe"))}</div>
        </fieldset></noscript
      >`;
}

function radio({ size, units }: Choice, prefix: string): Html {
  const state = units ? raw(" required") : raw(" disabled");
  return html`<span class="chip-radio"
    ><input type="radio" id="${prefix}-${size}" name="size" value="${size}" ${state} /><label
      class="chip"
      for="${prefix}-${size}"
      >${size}${units ? "" : html`<span class="visually-hidden"> sold out</span>`}</label
    ></span
  >`;
}

function hint(note: string): Html | string {
  return note && html`<span class="size-note">${note}</span>`;
}

function stockWord(units: number): string {
  if (units === 0) return " – sold out";
  return units <= 3 ? ` – only ${units} left` : "";
}
