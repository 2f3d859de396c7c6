/** A view of the app. */
export type Route =
  | { name: "home" }
  | { name: "listing"; category: string }
  | { name: "product"; model: string }
  | { name: "cart" }
  | { name: "missing" };

/** Reads an address of the app. */
export function routeOf(path: string): Route {
  const [, view, name] = /^\/app\/(?:(c|p)\/(\w+)|cart)?$/.exec(path) ?? [];
  if (view === "c") return { name: "listing", category: name! };
  if (view === "p") return { name: "product", model: name! };
  if (path === "/app/cart") return { name: "cart" };
  return path === "/app/" ? { name: "home" } : { name: "missing" };
}
