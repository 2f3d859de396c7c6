/** Adds a style sheet. A constructable one needs no inline style, so no policy forbids it. */
export function adoptStyle(to: DocumentOrShadowRoot, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  to.adoptedStyleSheets = [...to.adoptedStyleSheets, sheet];
}
