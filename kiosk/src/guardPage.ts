import { isAllowedKey } from "./allowedKey.ts";

/**
 * Refuses from within the page what would leave it: chords, menus, dropped files, new windows, printing, zoom.
 * Electron does most of it from outside too; Chromium hands these to the page of an app first, and obeys its refusal.
 */
export function guardPage(page: Window): void {
  for (const type of ["contextmenu", "dragstart", "dragover", "drop", "auxclick"])
    page.addEventListener(type, refuse, { capture: true });
  page.addEventListener("keydown", refuseChord, { capture: true });
  // Must be able to refuse: listeners of `wheel` and `touchmove` are passive otherwise.
  page.addEventListener("wheel", refuseZoom, { capture: true, passive: false });
  page.addEventListener("touchmove", refusePinch, { capture: true, passive: false });
  page.addEventListener("click", refuseLink, { capture: true });
  page.open = () => null;
  for (const name of ["print", "close", "moveTo", "moveBy", "resizeTo", "resizeBy"] as const)
    page[name] = () => undefined;
}

function refuse(event: Event): void {
  event.preventDefault();
}

function refuseChord(event: KeyboardEvent): void {
  const { key, ctrlKey: isControl, altKey: isAlt, metaKey: isMeta } = event;
  if (!isAllowedKey({ key, isControl, isAlt, isMeta })) event.preventDefault();
}

function refuseZoom(event: WheelEvent): void {
  if (event.ctrlKey) event.preventDefault();
}

function refusePinch(event: TouchEvent): void {
  if (event.touches.length > 1) event.preventDefault();
}

/** The mirror has one page: a link is a mistake, or somebody's content. Links within the page (`#…`) work. */
function refuseLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (link && !link.getAttribute("href")?.startsWith("#")) event.preventDefault();
}
