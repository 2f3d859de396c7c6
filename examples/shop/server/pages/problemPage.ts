import { html } from "../html.ts";
import type { Page } from "../Reply.ts";

export function notFoundPage(): Page {
  return {
    kind: "page",
    status: 404,
    title: "Not here",
    isPrivate: true,
    body: html`<div class="empty">
      <h1>That page is not on the rail</h1>
      <p>It may have sold out, or the address has a slip in it.</p>
      <p>
        <a class="button" href="/">Back to the shop</a>
        <a class="text-link" href="/search">or search for it</a>
      </p>
    </div>`,
    data: { pageType: "not_found", events: [] },
  };
}
