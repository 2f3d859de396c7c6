/** `import()`, which the build puts in its place: the compiler would wrap it. Finds files beside this script. */
declare const IMPORT_BESIDE: (file: string) => Promise<unknown>;

// As an import it may run by the nonce of this script, runs once, and leaves no element in the page.
const load = () => void IMPORT_BESIDE("./vitrine-inspector.js").catch(() => {});

/**
 * Lets a developer look into the page's Vitrine: Alt+Shift+V, or `vitrine-inspector` in the page's query, loads the
 * inspector from beside the SDK, and nobody else loads a byte of it. From then on it hears the key itself.
 */
export function offerInspector(): void {
  addEventListener("keydown", (event) => {
    if (event.altKey && event.shiftKey && event.code === "KeyV") load();
  });
  if (location.search.includes("vitrine-inspector")) load();
}
