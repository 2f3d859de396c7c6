import { present, safeUrl, type Decision, type ViewNode } from "@vitrine/core";

const TAGS = /^(a|button|div|figure|h2|img|li|p|small|span|strong|ul)$/;
const ATTRIBUTES = /^(class|href|src|alt|width|height|loading|data-vitrine-act)$/;

/** A decision's content; empty where the shop's default stands. */
export function contentOf({ outcome, because = "" }: Decision, language: string): ViewNode[] {
  return outcome ? present(outcome, because, language) : [];
}

/** Writes content as the SDK's own renderer would build it: only known elements, checked addresses, text as text. */
export function contentHtml(nodes: readonly ViewNode[]): string {
  return nodes.map(nodeHtml).join("");
}

function nodeHtml(node: ViewNode): string {
  if (typeof node === "string") return escape(node);
  const [tag, attributes, ...children] = node;
  if (!TAGS.test(tag)) throw new TypeError(tag);
  const all = Object.entries({ ...(tag === "button" && { type: "button" }), ...attributes });
  const written = all.flatMap(([name, value]) => {
    const safe = /^(href|src)$/.test(name) ? safeUrl(value) : value;
    const isKnown = name === "type" || ATTRIBUTES.test(name);
    return safe !== undefined && isKnown ? ` ${name}="${escape(safe)}"` : [];
  });
  const start = `<${tag}${written.join("")}>`;
  return tag === "img" ? start : `${start}${contentHtml(children)}</${tag}>`;
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
