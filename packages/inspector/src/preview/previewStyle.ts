/** The look of content in a page whose SDK has shown none of its own yet, as the SDK has it, and a frame around what is previewed. */
export const PREVIEW_STYLE = `
@layer vitrine {
  .vitrine-block, .vitrine-card, .vitrine-products { display: grid; gap: .5em; color: inherit; text-decoration: none; }
  .vitrine-products {
    grid-template-columns: repeat(auto-fill, minmax(8em, 1fr)); gap: var(--vitrine-gap, 1em); margin: 0; padding: 0;
    list-style: none;
  }
  .vitrine-image { width: 100%; aspect-ratio: var(--vitrine-ratio, 3 / 4); object-fit: cover; }
}
[data-vitrine-preview] { display: block !important; outline: 2px dashed #0e5f58 !important; }
`;

/** The look of the strip above a slot and of the note below the page. */
export const PANEL_STYLE = `
:host {
  all: initial !important;
  display: block !important;
}
div {
  display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: center; padding: 6px 12px; background: #0e5f58; color: #fff;
  font: 13px/1.5 -apple-system, "Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif;
}
.note {
  position: fixed !important;
  inset-block-end: 0 !important;
  inset-inline: 0 !important;
  z-index: 2147483647 !important;
}
button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 6px; }
`;
