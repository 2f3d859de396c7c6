import { html } from "../html.ts";
import type { Page } from "../Reply.ts";

/** Where a phone pairs with a mirror in the shop; Vitrine's script fills it. */
export function mirrorPage(): Page {
  return {
    kind: "page",
    title: "The mirror",
    description: "Pair your phone with a mirror in our shop.",
    isPrivate: true,
    body: html`<div class="narrow" id="vitrine-pair">
      <h1>The mirror</h1>
      <p class="lead">Scan the code that a mirror in our shop shows, and this page opens it for you.</p>
    </div>`,
    data: { pageType: "mirror", events: [] },
  };
}
