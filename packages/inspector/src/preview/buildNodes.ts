import { safeUrl, type ViewNode } from "@vitrine/core";

/** Turns content into nodes by `createElement`, checked addresses and text nodes alone, as the SDK does. */
export function buildNodes(nodes: readonly ViewNode[]): (Node | string)[] {
  return nodes.map((node) => {
    if (typeof node === "string") return node;
    const [tag, attributes, ...children] = node;
    if (!/^(a|button|div|fieldset|h2|img|input|label|legend|li|p|small|span|strong|ul)$/.test(tag))
      throw new TypeError(tag);
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes as Record<string, string>)) {
      const isAddress = /^(href|src)$/.test(name);
      if (isAddress ? safeUrl(value) : /^(class|alt|width|height|name|value|aria-label)$/.test(name))
        element.setAttribute(name, value);
    }
    element.append(...buildNodes(children));
    return element;
  });
}
