import { productOf, type Decision, type Product } from "@vitrine/core";
import type { ProductFacts } from "../sources/sourceEvent.ts";
import { showNote, type NoteButton } from "./note.ts";
import {
  chooseSize,
  findSizeControls,
  isMarked,
  partsOf,
  readSizes,
  type SizeOption,
} from "./sizeControl.ts";

/** What prefill did with a control. */
export interface Prefilled {
  how: "preselect" | "suggest" | "ask";
  /** The label it is about; absent for `ask`. */
  label?: string | undefined;
  decision: Decision;
}

/** What prefill needs. */
export interface PrefillOptions {
  window: Window & typeof globalThis;
  /**
   * Decides for the page's article: `product` says size system, garment group and department as the control,
   * the page's facts or its labels tell them. An outcome other than `prefill` does nothing.
   */
  decide: (product: Product) => Decision;
  facts: () => ProductFacts | undefined;
  /** Called once for each note shown: the exposure. */
  onShown?: (prefilled: Prefilled) => void;
}

/** The size control of a page. */
export interface Prefill {
  /** Looks again: a new view, new facts, a newer profile. */
  update(): void;
  /** Takes the notes away and gives the shop's initial state back, where ours still stands. */
  undo(): void;
}

/** What stands at one control of one page. */
interface Standing {
  _root: HTMLElement;
  _note?: HTMLElement;
  /** What was decided, as text to see changes by. */
  _text: string;
  /** How often the page threw our note away. */
  _count: number;
  /** The shopper or the page chose: nothing of ours comes again. */
  _isTheirs?: boolean;
  /** Takes our choice back. */
  _back?: () => void;
}

/** What a click chooses. */
const CHOICES = "button,[role=radio],[role=option]";

/** How often a note is put back into a page that renders anew. */
const MAX_COUNT = 3;

/** Where the focus goes for an option: options of lists have none of their own. */
function focusOf(root: HTMLElement, option: HTMLElement): HTMLElement {
  if ("options" in root) return root;
  if (option.getAttribute("role") !== "option") return option;
  return root.querySelector<HTMLElement>("[role=combobox],[aria-haspopup],[role=listbox]") ?? root;
}

/** Preselects, suggests or asks for the usual size; never over a choice of the shopper or the page. */
export function createPrefill({ window, decide, facts, onShown }: PrefillOptions): Prefill {
  const { document } = window;
  /** By address and place among the controls. */
  const standing = new Map<string, Standing>();
  let isOurs = false;
  let isStarted = false;
  let frame = 0;

  const quietly = <T>(act: () => T): T => {
    isOurs = true;
    try {
      return act();
    } finally {
      isOurs = false;
    }
  };

  const show = (one: Standing, text: string, buttons: NoteButton[]): void => {
    one._note = showNote(
      one._root,
      text,
      buttons.map(([label, act]): NoteButton => {
        const once = () => {
          one._isTheirs = true;
          quietly(act);
        };
        return [label, once];
      }),
    );
  };

  const apply = (one: Standing, options: SizeOption[], decision: Decision): void => {
    const { outcome, because } = decision;
    if (outcome?.type !== "prefill" || options.some(({ _isChosen }) => _isChosen)) return;
    const { usual, words } = outcome;
    const { kind } = usual;
    const { _root } = one;
    const labels = kind === "ask" ? usual.labels : [usual.label];
    const free = labels.flatMap(
      (label) => options.find(({ _label, _isFree }) => _isFree && _label === label) ?? [],
    );
    const [first] = free;
    if (!first) return;
    const fill = (text: string) => text.replace("{size}", first._label);
    const focus = ({ _element }: SizeOption) => focusOf(_root, _element).focus();
    if (kind === "preselect") {
      const back = (one._back = quietly(() => chooseSize(_root, first._element)));
      const change = () => {
        back();
        focus(first);
      };
      show(one, because ?? fill(words.suggest), [[words.change, change]]);
    } else {
      const buttons = free.map((option): NoteButton => [
        kind === "ask" ? option._label : fill(words.take),
        () => {
          chooseSize(_root, option._element);
          focus(option);
        },
      ]);
      show(one, kind === "ask" ? words.ask : fill(words.suggest), buttons);
    }
    if (!one._count) onShown?.({ how: kind, decision, ...(kind !== "ask" && { label: first._label }) });
  };

  const look = (isAsked: boolean): void => {
    const { properties = {}, sizes = {} } = facts() ?? {};
    findSizeControls(document).forEach((root, i) => {
      if (!isMarked(root) && !properties["product_id"]) return;
      const key = window.location.pathname + i;
      const old = standing.get(key);
      // Nothing shown, or shown and still there: it waits for news.
      const stands = old?._root === root && old._note?.isConnected !== false;
      if (old?._isTheirs || (stands && (!isAsked || old._back))) return;
      const said = root.closest<HTMLElement>("[data-size-system],[data-size-group]")?.dataset ?? {};
      const system = said["sizeSystem"] ?? (properties["size_system"] as string | undefined);
      const [size_system, options] = readSizes(root, system, sizes);
      if (!options[1]) return;
      const product = productOf({
        product_id: "-",
        ...properties,
        ...(size_system && { size_system }),
        ...(said["sizeGroup"] && { size_group: said["sizeGroup"] }),
        ...(said["sizeDepartment"] && { department: said["sizeDepartment"] }),
      });
      const decision = decide(product!);
      const text = JSON.stringify(decision.outcome ?? 0);
      const isNews = old?._text !== text;
      if (stands && !isNews) return;
      const _count = old && !isNews ? old._count + 1 : 0;
      old?._note?.remove();
      if (_count > MAX_COUNT) return;
      const one: Standing = { _root: root, _text: text, _count };
      standing.set(key, one);
      apply(one, options, decision);
    });
  };

  const onChoice = ({ type, target }: Event): void => {
    if (isOurs) return;
    for (const one of standing.values()) {
      const isInside = partsOf(one._root).some((part) => part.contains(target as Node));
      if (!isInside || (type === "click" && !(target as Element).closest(CHOICES))) continue;
      one._isTheirs = true;
      one._note?.remove();
    }
  };
  for (const name of ["change", "click"]) document.addEventListener(name, onChoice, true);

  // A page that renders anew takes our note with it.
  new MutationObserver(() => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      // A document that left its window is nobody's to fill.
      if (isStarted && document.defaultView) look(false);
    });
  }).observe(document, { childList: true, subtree: true });
  return {
    update() {
      isStarted = true;
      look(true);
    },
    undo() {
      for (const one of standing.values()) {
        one._note?.remove();
        if (!one._isTheirs && one._back) quietly(one._back);
      }
      standing.clear();
      isStarted = false;
    },
  };
}
