import {
  CONTENT_ATTRIBUTES,
  CONTENT_TAGS,
  present,
  safeUrl,
  type Decision,
  type ViewNode,
} from "@vitrine/core";

/** What the elements are that have a type: the SDK's own renderer gives it them, too. */
const TYPES: Record<string, string> = { button: "button", input: "radio" };

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
  if (!CONTENT_TAGS.test(tag)) throw new TypeError(tag);
  const type = Object.hasOwn(TYPES, tag) ? ` type="${TYPES[tag]}"` : "";
  const written = Object.entries(attributes).flatMap(([name, value]) => {
    const safe = /^(href|src)$/.test(name) ? safeUrl(value) : value;
    return safe !== undefined && CONTENT_ATTRIBUTES.test(name) ? ` ${name}="${escape(safe)}"` : [];
  });
  const start = `<${tag}${type}${written.join("")}>`;
  return tag === "img" || tag === "input" ? start : `${start}${contentHtml(children)}</${tag}>`;
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
