import { useEffect, useState } from "preact/hooks";

/** The pages, as they stand after `#/`. */
export type PageName =
  | "overview"
  | "events"
  | "customers"
  | "requests"
  | "devices"
  | "kiosks"
  | "rules"
  | "keys"
  | "audit";

/** Where the console is: a page and what follows it. */
export interface Route {
  page: PageName;
  /** Decoded path segments after the page's name. */
  rest: string[];
}

const PAGES: readonly PageName[] = [
  "overview",
  "events",
  "customers",
  "requests",
  "devices",
  "kiosks",
  "rules",
  "keys",
  "audit",
];

/** Reads a location hash; an unknown page is the overview. */
export function parseRoute(hash: string): Route {
  const [name = "", ...rest] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decode);
  const page = PAGES.find((one) => one === name);
  return page ? { page, rest: rest.filter(Boolean) } : { page: "overview", rest: [] };
}

/** The address of a page within the console. */
export function linkTo(page: PageName, ...rest: string[]): string {
  return `#/${[page, ...rest.map(encodeURIComponent)].join("/")}`;
}

/** Follows the address bar. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", follow);
    follow(); // effects run after the first frame: the address may have changed since
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a lone % typed by hand
  }
}
