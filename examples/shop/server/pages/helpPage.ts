import { html } from "../html.ts";
import { dollars, FREE_DELIVERY_FROM, shippingFor } from "../money.ts";
import type { Page } from "../Reply.ts";

/** Bust, waist and hip in centimetres. */
const MEASURES = [
  ["XS", "34", "80–83", "62–65", "86–89"],
  ["S", "36–38", "84–91", "66–73", "90–97"],
  ["M", "40", "92–95", "74–78", "98–101"],
  ["L", "42", "96–101", "79–84", "102–106"],
  ["XL", "44", "102–107", "85–91", "107–112"],
  ["XXL", "46", "108–113", "92–98", "113–117"],
] as const;

export function helpPage(): Page {
  return {
    kind: "page",
    title: "Help",
    description: "Delivery, returns and sizes at Halden Row.",
    body: html`<div class="narrow slim">
      <h1>Help</h1>
      <section class="stack" id="delivery">
        <h2>Delivery</h2>
        <p>
          Standard delivery takes three to five days and costs ${dollars(shippingFor(1, "standard"))}; from
          ${dollars(FREE_DELIVERY_FROM)} it is free. Express arrives the next working day for
          ${dollars(shippingFor(1, "express"))}. You pay at the door.
        </p>
      </section>
      <section class="stack" id="returns">
        <h2>Returns</h2>
        <p>Thirty days, free, in the bag it came in.</p>
      </section>
      <section class="stack" id="sizes">
        <h2>Size guide</h2>
        <p>
          Norrby cuts by European numbers, the others by letters. The table brings you near; every maker is a
          little different.
        </p>
        <div class="table-scroll" tabindex="0" role="region" aria-label="Size table">
          <table>
            <thead>
              <tr>
                <th scope="col">Letter</th>
                <th scope="col">Number</th>
                <th scope="col">Bust, cm</th>
                <th scope="col">Waist, cm</th>
                <th scope="col">Hip, cm</th>
              </tr>
            </thead>
            <tbody>
              ${MEASURES.map(
                ([letter, ...cells]) =>
                  html`<tr>
                    <th scope="row">${letter}</th>
                    ${cells.map((cell) => html`<td>${cell}</td>`)}
                  </tr>`,
              )}
            </tbody>
          </table>
        </div>
      </section>
    </div>`,
    data: { pageType: "help", events: [] },
  };
}
