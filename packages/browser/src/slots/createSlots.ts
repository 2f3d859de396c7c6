import type { Decision, ViewNode } from "@vitrine/core";
import { buildContent } from "./buildContent.ts";
import { adoptStyle, CONTENT_CSS } from "./style.ts";

/** A decision that was really shown. */
export interface Exposure {
  placement: string;
  rule: string;
  variant?: string;
  version?: number;
  /** ms since 1970; absent for now. Set when the inline reader showed it earlier. */
  time?: number;
}

/** A click inside content that names what it does (`data-vitrine-act`). */
export interface SlotAct {
  act: string;
  placement: string;
  element: Element;
  event: Event;
}

/** A slot that the inline reader filled: `copy` stands in the page, `original` is the shop's, detached. */
export interface FirstPaintSlot {
  content: ViewNode[];
  copy: HTMLElement;
  original: HTMLElement;
}

/** What slots need. */
export interface SlotsOptions {
  /** `vitrineFirstPaint` is what the inline reader filled; it is taken over. */
  window: Window & typeof globalThis & { vitrineFirstPaint?: FirstPaintSlot[] };
  decide: (placement: string) => Decision;
  /** Content of a decision that has an outcome, its reason included; empty where there is nothing to show. */
  present: (decision: Decision) => ViewNode[];
  /** Called once for each filling that was at least half in view. */
  onExposure: (exposure: Exposure) => void;
  onAct?: (act: SlotAct) => void;
}

/** The slots of a page. */
export interface Slots {
  /** Decides again: fills slots nobody has seen yet and live ones; what was seen waits for the next page. */
  update(): void;
  /** Gives the shop's default back, everywhere: after a refusal, a reset, another person. */
  undo(): void;
  stop(): void;
}

/** One slot of the page; names with an underscore are shortened in the bundle. */
interface Slot {
  _placement: string;
  /** The shopper may not have seen it yet: it can still be changed. */
  _isOpen?: boolean | undefined;
  /** At least half in view. */
  _isVisible?: boolean;
  _isExposed?: boolean;
  _decision?: Decision;
  /** The content that stands in it, as text to see changes by; empty for the shop's default. */
  _text: string;
  _nodes: Node[];
  /** Brings the shop's default back. */
  _restore?: (() => void) | undefined;
}

/** How often a placement is filled again because the page threw our content away, until the next update. */
const MAX_REFILLS = 3;

/**
 * Finds `[data-vitrine-slot]`, also later ones, and fills them: at once what was not painted yet, else what was not in
 * view so far. A slot that was seen waits for the next page, unless it is marked `data-vitrine-live`.
 */
export function createSlots({ window, decide, present, onExposure, onAct }: SlotsOptions): Slots {
  const { document } = window;
  const stopping = new AbortController();
  const { signal } = stopping;
  const slots = new Map<HTMLElement, Slot>();
  let isStyled = !!window.vitrineFirstPaint?.[0];
  let refills: Record<string, number> = {};

  const expose = (slot: Slot): void => {
    const { rule, variant, version } = slot._decision ?? {};
    if (!rule || slot._isExposed || !slot._isVisible) return;
    slot._isExposed = true;
    const optional = { ...(variant !== undefined && { variant }), ...(version !== undefined && { version }) };
    onExposure({ placement: slot._placement, rule, ...optional });
  };
  const restore = (slot: Slot): void => {
    slot._restore?.();
    slot._restore = undefined;
    slot._text = "";
    slot._nodes = [];
  };
  const fill = (element: HTMLElement, slot: Slot): void => {
    if (!slot._isOpen && element.dataset["vitrineLive"] === undefined) return;
    const decision = decide(slot._placement);
    const content = decision.outcome ? present(decision) : [];
    const text = content[0] ? JSON.stringify(content) : "";
    if (text !== slot._text || decision.rule !== slot._decision?.rule) slot._isExposed = false;
    slot._decision = decision;
    if (text !== slot._text) {
      if (text) put(element, slot, content);
      else restore(slot);
      slot._text = text;
    }
    expose(slot);
  };
  const put = (element: HTMLElement, slot: Slot, content: ViewNode[]): void => {
    const kept = [...element.childNodes];
    if (!isStyled) adoptStyle(document, CONTENT_CSS);
    isStyled = true;
    slot._nodes = buildContent(content, document);
    if (document.readyState === "loading" && !slot._restore) {
      // The parser may still be inside: it goes on into the detached original.
      const copy = element.cloneNode() as HTMLElement;
      copy.append(...slot._nodes);
      element.replaceWith(copy);
      move(slot, element, copy);
      return;
    }
    element.replaceChildren(...slot._nodes);
    slot._restore ??= () => element.replaceChildren(...kept);
  };
  const move = (slot: Slot, original: HTMLElement, copy: HTMLElement): void => {
    slots.delete(original);
    slots.set(copy, slot);
    seeing.unobserve(original);
    seeing.observe(copy);
    slot._restore = () => copy.replaceWith(original);
  };

  const seeing = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        const slot = slots.get(target as HTMLElement);
        if (!slot) continue;
        const isFirst = slot._isVisible === undefined;
        slot._isVisible = isIntersecting && intersectionRatio >= 0.5;
        slot._isOpen = !isIntersecting && (isFirst || !!slot._isOpen);
        if (isFirst && slot._isOpen && !slot._decision) fill(target as HTMLElement, slot);
        expose(slot);
      }
    },
    { threshold: [0, 0.5] },
  );
  const find = (isUnpainted: boolean): void => {
    for (const [element, slot] of slots) {
      if (!element.isConnected) {
        slots.delete(element);
        seeing.unobserve(element);
      } else if (slot._nodes[0] && !element.contains(slot._nodes[0])) {
        // The page rendered its own content over ours: that is the default now.
        delete slot._restore;
        slot._text = "";
        slot._nodes = [];
        refill(element, slot);
      }
    }
    for (const element of document.querySelectorAll<HTMLElement>("[data-vitrine-slot]")) {
      if (slots.has(element)) continue;
      const slot = add(element);
      slot._isOpen = isUnpainted;
      if (isUnpainted) refill(element, slot);
    }
  };
  const refill = (element: HTMLElement, slot: Slot): void => {
    const count = (refills[slot._placement] = (refills[slot._placement] ?? -1) + 1);
    const wasOpen = slot._isOpen;
    slot._isOpen = true;
    if (count <= MAX_REFILLS) fill(element, slot);
    slot._isOpen = wasOpen;
  };
  const add = (element: HTMLElement): Slot => {
    const slot: Slot = { _placement: element.dataset["vitrineSlot"]!, _text: "", _nodes: [] };
    slots.set(element, slot);
    seeing.observe(element);
    return slot;
  };

  // What is put into a painted page is found before the next frame.
  const observer = new MutationObserver(() => find(true));
  for (const { copy, original, content } of window.vitrineFirstPaint ?? []) {
    const slot = add(copy);
    slot._text = JSON.stringify(content);
    slot._nodes = [...copy.childNodes];
    move(slot, original, copy);
  }
  // What stands here already may have been painted; a hidden page paints nothing.
  find(document.hidden);
  observer.observe(document, { childList: true, subtree: true });
  document.addEventListener(
    "click",
    (event) => {
      const element = (event.target as Element).closest("[data-vitrine-act]");
      const placement = element?.closest<HTMLElement>("[data-vitrine-slot]")?.dataset["vitrineSlot"];
      if (placement)
        onAct?.({ act: element!.getAttribute("data-vitrine-act")!, placement, element: element!, event });
    },
    { signal },
  );
  return {
    update() {
      refills = {};
      slots.forEach((slot, element) => fill(element, slot));
    },
    undo: () => slots.forEach(restore),
    stop() {
      stopping.abort();
      observer.disconnect();
      seeing.disconnect();
    },
  };
}
