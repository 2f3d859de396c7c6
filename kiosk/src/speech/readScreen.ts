import type { Said } from "./whatToSay.ts";

const textOf = (element: Element | null): string =>
  element?.textContent?.replaceAll(/\s+/g, " ").trim() ?? "";

/** Reads a screen as somebody does who looks at it: a dialog before what lies behind it. */
export function readScreen(stage: HTMLElement): Said {
  const root = stage.querySelector("dialog[open]") ?? stage;
  const isRead = (element: Element): boolean =>
    !element.closest("[aria-hidden=true]") && (root !== stage || !element.closest("dialog"));
  const title = root.querySelector("h1, h2");
  const lines = [...root.querySelectorAll("p, h2, [role=status], [role=alert]")]
    .filter((element) => element !== title && isRead(element) && !element.querySelector("h1, p"))
    .map(textOf);
  return {
    title: textOf(title),
    lines: [...new Set(lines.filter(Boolean))],
    count: textOf(root.querySelector("[data-count]")) || undefined,
  };
}

/** Name and value of the control that has the focus; nothing where it is a heading. */
export function readControl(element: Element): string | undefined {
  if (!element.matches("button, input, a[href]")) return undefined;
  const label = element.getAttribute("aria-label");
  if (!(element instanceof HTMLInputElement)) return label ?? textOf(element);
  return [label ?? textOf(element.closest("label")), element.value].filter(Boolean).join(", ");
}
