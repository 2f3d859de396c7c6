/**
 * The default look of content, in a cascade layer: any rule of the shop's own wins, and `--vitrine-*` tune it.
 * Images keep their place before they are loaded, so nothing moves.
 */
const CSS = `@layer vitrine{
.vitrine-block{display:grid;gap:.75em}
.vitrine-title,.vitrine-text,.vitrine-products{margin:0}
.vitrine-products{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(10em,45%),1fr));gap:var(--vitrine-gap,1em);padding:0;list-style:none}
.vitrine-card{display:grid;gap:.25em;color:inherit;text-decoration:none}
.vitrine-image{width:100%;aspect-ratio:var(--vitrine-ratio,3/4);object-fit:cover;background:#8882}
.vitrine-because,.vitrine-note{opacity:.75;font-size:.85em}
.vitrine-note button{margin-inline-start:.5em;padding:0;border:0;background:none;color:inherit;font:inherit;text-decoration:underline;cursor:pointer}
}`;

/** Adds the default look to a document, once. A constructable sheet needs no inline style, so no policy forbids it. */
export function adoptStyle(document: Document & { vitrineStyle?: true }): void {
  if (document.vitrineStyle) return;
  document.vitrineStyle = true;
  const sheet = new document.defaultView!.CSSStyleSheet();
  sheet.replaceSync(CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
