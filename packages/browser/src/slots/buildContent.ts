import { CONTENT_ATTRIBUTES, CONTENT_TAGS, safeUrl, type ViewNode } from "@vitrine/core";

/**
 * Turns content into nodes, by `createElement`, checked attributes and text nodes alone: it works under Trusted Types
 * and a strict policy, and whatever stood in storage cannot become markup or script.
 */
export function buildContent(nodes: readonly ViewNode[], document: Document): Node[] {
  return nodes.map((node) => {
    if (typeof node === "string") return document.createTextNode(node);
    const [tag, attributes, ...children] = node;
    if (!CONTENT_TAGS.test(tag)) throw new TypeError(tag);
    const element = document.createElement(tag);
    // A button of ours inside the shop's form must not send it.
    const type = tag === "button" ? tag : tag === "input" && "radio";
    if (type) element.setAttribute("type", type);
    for (const [name, value] of Object.entries(attributes)) {
      const safe = /^(href|src)$/.test(name) ? safeUrl(value) : value;
      if (safe !== undefined && CONTENT_ATTRIBUTES.test(name)) element.setAttribute(name, safe);
    }
    element.append(...buildContent(children, document));
    return element;
  });
}
