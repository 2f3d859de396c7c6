/**
 * Gives the code under test the little of a page that it reads as globals. The page counts as prerendered for ever, so
 * that the automatic sources, which are no part of the delivery, stay asleep.
 */
export function installPage(): void {
  const location = { href: "https://shop.example/coats?page=1", pathname: "/coats", search: "?page=1" };
  const document = { title: "Coats", referrer: "", prerendering: true, addEventListener: () => {} };
  Object.assign(globalThis, { location, document, window: { location, document } });
}
