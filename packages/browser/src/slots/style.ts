/**
 * The default look of content, in a cascade layer: any rule of the shop's own wins, and `--vitrine-*` tune it.
 * Colours are the shop's, light or dark; images keep their place before they are loaded, so nothing moves.
 */
export const CONTENT_CSS: string =
  "@layer vitrine{.vitrine-block,.vitrine-card{display:grid;gap:.5em;color:inherit;text-decoration:none}" +
  ".vitrine-products{display:grid;grid-template-columns:repeat(auto-fill,minmax(8em,1fr));gap:var(--vitrine-gap,1em);margin:0;padding:0;list-style:none}" +
  ".vitrine-picture{max-width:100%}" +
  ".vitrine-survey fieldset{padding:0;border:0}.vitrine-row{display:flex;gap:.5em;flex-flow:wrap;justify-content:space-between}" +
  ".vitrine-image{width:100%;aspect-ratio:var(--vitrine-ratio,3/4);object-fit:cover}" +
  ".vitrine-because{opacity:.75}}";

/** Adds a style sheet to a document. A constructable one needs no inline style, so no policy forbids it. */
export function adoptStyle(document: Document, css: string): void {
  const sheet = new document.defaultView!.CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
