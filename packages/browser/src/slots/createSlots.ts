import type { Decision, ViewNode } from "@vitrine/core";
import { buildContent } from "./buildContent.ts";
import { adoptStyle, CONTENT_CSS } from "./style.ts";

/** A decision that was really shown. */
export interface Exposure {
  placement: string;
  rule: string;
  variant?: string | undefined;
  version?: number | undefined;
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
  rule: string;
  content: ViewNode[];
  copy: HTMLElement;
  original: HTMLElement;
}

/** What slots need. */
export interface SlotsOptions {
  /** `vitrineFirstPaint` is what the inline reader filled; it is taken over. */
  window: Window & typeof globalThis & { vitrineFirstPaint?: FirstPaintSlot[] };
  /** By no version for as long as the rules are not there. */
  decide: (placement: string) => Decision;
  /** Content of a decision that has an outcome, its reason included; empty where there is nothing to show. */
  present: (decision: Decision) => ViewNode[];
  /** Called once for each filling that was at least half in view. */
  onExposure: (exposure: Exposure) => void;
  onAct?: (act: SlotAct) => void;
  /** Called with a placement whose rules undo each other; its slot stays as it is. */
  onLoop?: (placement: string) => void;
  /** Called once where a page has more slots than are filled; the others keep the shop's default. */
  onTooMany?: () => void;
}

/** The slots of a page. */
export interface Slots {
  /** Decides again: fills slots nobody has seen yet and live ones; what was seen waits for the next page. */
  update(): void;
  /** Gives the shop's default back, everywhere: after a refusal, a reset, another person. */
  undo(): void;
  /** What `inside` is in, is done with: it stays on this page as it is, or the shop's default comes back. */
  settle(inside: Element, isGivenBack: boolean): void;
}

/** One slot of the page; names with an underscore are shortened in the bundle. */
interface Slot {
  _placement: string;
  /** The shopper has not seen it yet: it can still be changed. */
  _isOpen: boolean;
  /** At least half in view; undefined until the first word on that. */
  _isVisible?: boolean;
  /** The rule whose exposure was told. */
  _exposed?: string | undefined;
  /** How often that was. */
  _told?: number;
  _decision?: Decision;
  /** The content that stands in it, as text to see changes by; empty for the shop's default. */
  _text: string;
  /** The first node of it. */
  _node?: Node | undefined;
  /** The content that the page threw away: put back, it is no other showing. */
  _thrown?: string | undefined;
  /** Answered or dismissed: this page changes it no more. */
  _isSettled?: boolean;
  /** Brings the shop's default back. */
  _restore?: (() => void) | undefined;
}

/** How often in this time a placement is filled because the page threw our content away or made its slot anew. */
const MAX_FILLS = 4;
const FILLS_MS = 1000;

/** Slots of a page at most: some 40 µs each, and no task of a page may take 50 ms. */
const MAX_SLOTS = 500;

/** How often a slot may show something else before its rules count as a loop: what each shows is what the other waits for. */
const MAX_SHOWINGS = 20;

/** Nothing stands behind a node in its document. */
const isLast = (node: Node | null): boolean => !node || (!node.nextSibling && isLast(node.parentNode));

/**
 * Finds `[data-vitrine-slot]`, also later ones, and fills them: at once what was not painted yet, else what was not in
 * view so far. A slot that was seen waits for the next page, unless it is marked `data-vitrine-live`.
 */
export function createSlots({
  window,
  decide,
  present,
  onExposure,
  onAct,
  onLoop,
  onTooMany,
}: SlotsOptions): Slots {
  const { document, vitrineFirstPaint } = window;
  // An element of the page may be called so.
  const painted = Array.isArray(vitrineFirstPaint) ? vitrineFirstPaint : [];
  const slots = new Map<HTMLElement, Slot>();
  let isStyled = !!painted[0];
  let fills: Record<string, number> = {};
  let since = 0;
  /** What was shown in slots that the page took out, by placement and address. */
  const gone: Record<string, Pick<Slot, "_exposed" | "_thrown">> = {};
  /** Where the default of a placement was seen: a page that renders anew does not make it unseen. */
  const seen: Record<string, string> = {};

  const add = (element: HTMLElement, slot: Slot): Slot => {
    slots.set(element, slot);
    seeing.observe(element);
    return slot;
  };
  /** Puts a copy in the original's place. */
  const replace = (original: HTMLElement, copy: HTMLElement, slot: Slot): void => {
    slots.delete(original);
    add(copy, slot);
    slot._restore = () => {
      copy.replaceWith(original);
      slots.delete(copy);
      add(original, slot);
    };
  };
  const tell = (slot: Slot): void => {
    const { rule, variant, version } = slot._decision ?? {};
    if (!rule || !slot._isVisible || slot._exposed === rule) return;
    slot._exposed = rule;
    slot._told = -~slot._told!; // 1 at first
    if (slot._told > MAX_SHOWINGS) {
      slot._isSettled = true;
      onLoop?.(slot._placement);
    }
    onExposure({ placement: slot._placement, rule, variant, version });
  };
  const restore = (slot: Slot): void => {
    slot._restore?.();
    slot._restore = slot._node = undefined;
    slot._text = "";
  };
  const put = (element: HTMLElement, slot: Slot, content: ViewNode[]): void => {
    const nodes = buildContent(content, document);
    [slot._node] = nodes;
    if (!isStyled) adoptStyle(document, CONTENT_CSS);
    isStyled = true;
    const own = [...element.childNodes];
    if (document.readyState === "loading" && !slot._restore && isLast(element)) {
      // The parser may still be inside: it goes on into the detached original. One that it left stays: an app may have made it, and
      // could not take it away again.
      const copy = element.cloneNode() as HTMLElement;
      copy.append(...nodes);
      element.replaceWith(copy);
      replace(element, copy, slot);
    } else {
      element.replaceChildren(...nodes);
      slot._restore ??= () => element.replaceChildren(...own);
    }
  };
  const fill = (element: HTMLElement, slot: Slot): void => {
    if (slot._isSettled) return;
    const decision = decide(slot._placement);
    // No rules yet, or not all that they need: what the inline reader put here stays.
    if (slot._text && !decision.version) return;
    slot._decision = decision;
    const content = decision.outcome ? present(decision) : [];
    const text = content[0] ? JSON.stringify(content) : "";
    if (text !== slot._text) {
      if (text) put(element, slot, content);
      else restore(slot);
      slot._text = text;
      if (text !== slot._thrown) slot._exposed = undefined;
    }
    slot._thrown = undefined;
    tell(slot);
  };
  const fillAgain = (element: HTMLElement, slot: Slot): void => {
    const count = (fills[slot._placement] = (fills[slot._placement] ?? 0) + 1);
    if (count <= MAX_FILLS) fill(element, slot);
  };

  const seeing = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        const slot = slots.get(target as HTMLElement);
        if (!slot) continue;
        const isFirst = slot._isVisible === undefined;
        slot._isVisible = intersectionRatio >= 0.5;
        slot._isOpen = !isIntersecting && (isFirst || slot._isOpen);
        if (isFirst && slot._isOpen && !slot._decision) fill(target as HTMLElement, slot);
        tell(slot);
      }
    },
    { threshold: [0, 0.5] },
  );
  const find = (isUnpainted: boolean): void => {
    for (const [element, slot] of slots) {
      if (!element.isConnected) {
        const { href } = window.location;
        if (!slot._isOpen && !slot._text) seen[slot._placement] = href;
        const { _exposed, _thrown } = slot;
        if (_exposed) gone[slot._placement + href] = { _exposed, _thrown: slot._text || _thrown };
        slots.delete(element);
      } else if (slot._node && !slot._node.isConnected) {
        // The page rendered its own content over ours: that is the default now.
        slot._restore = undefined;
        slot._thrown = slot._text;
        restore(slot);
        fillAgain(element, slot);
      }
    }
    for (const element of document.querySelectorAll<HTMLElement>("[data-vitrine-slot]")) {
      if (slots.has(element)) continue;
      if (slots.size >= MAX_SLOTS) {
        onTooMany?.();
        onTooMany = undefined;
        break;
      }
      const _placement = element.dataset["vitrineSlot"]!;
      const { href } = window.location;
      const slot = add(element, {
        _placement,
        _isOpen: isUnpainted && seen[_placement] !== href,
        _text: "",
        ...gone[_placement + href],
      });
      if (slot._isOpen) fillAgain(element, slot);
    }
  };

  for (const { rule, copy, original, content } of painted) {
    const _placement = copy.dataset["vitrineSlot"]!;
    const [_node] = copy.childNodes;
    replace(original, copy, {
      _placement,
      _isOpen: false,
      _exposed: rule,
      _node,
      _text: JSON.stringify(content),
    });
  }
  // What stands here already may have been painted; a hidden page paints nothing.
  find(document.hidden);
  // What is put into a painted page is found before the next frame.
  new MutationObserver(() => find(true)).observe(document, { childList: true, subtree: true });
  document.addEventListener("click", (event) => {
    const element = (event.target as Element).closest<HTMLElement>("[data-vitrine-act]");
    const placement = element?.closest<HTMLElement>("[data-vitrine-slot]")?.dataset["vitrineSlot"];
    if (placement) onAct?.({ act: element.dataset["vitrineAct"]!, placement, element, event });
  });
  return {
    update() {
      const now = performance.now();
      if (now - since > FILLS_MS) {
        fills = {};
        since = now;
      }
      for (const [element, slot] of slots)
        if (slot._isOpen || "vitrineLive" in element.dataset) fill(element, slot);
    },
    undo: () => slots.forEach(restore),
    settle(inside, isGivenBack) {
      const slot = slots.get(inside.closest<HTMLElement>("[data-vitrine-slot]")!);
      if (!slot) return;
      slot._isSettled = true;
      if (isGivenBack) restore(slot);
    },
  };
}
