import { safeUrl, type ViewNode, type ViewTag } from "./viewNode.ts";

/** Parts that are not there are left out. */
export type Parts = (ViewNode | false | undefined)[];

/** An element of one of our classes. */
export function element(tag: ViewTag, name: string, parts: Parts, href?: string): ViewNode {
  const children = parts.filter((part) => part) as ViewNode[];
  return [tag, { class: `vitrine-${name}`, ...(href && { href }) }, ...children];
}

/** A link, or the same without an address when that is missing or unsafe. */
export function link(name: string, url: string | undefined, parts: Parts): ViewNode {
  const href = safeUrl(url);
  return element(href ? "a" : "div", name, parts, href);
}
