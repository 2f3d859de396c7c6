import { guessSystem, normalLabel, placeOf } from "@vitrine/core";

/** One size of a control; names with an underscore are shortened in the bundle. */
export interface SizeOption {
  _element: HTMLElement;
  /** As the ladders spell it. */
  _label: string;
  /** Can be chosen: enabled and not sold out. */
  _isFree: boolean;
  _isChosen: boolean;
}

const MARK = "[data-vitrine-prefill=size]";

/** What opens a listbox that stands elsewhere. */
const OPENER = "[role=combobox][aria-controls],[aria-haspopup=listbox][aria-controls]";

const GUESSED = `select,fieldset,[role=radiogroup],[role=listbox],${OPENER}`;

/** What shops call a size, in a name, an id or a label. */
const SIZE_NAME = /(^|[^a-z])(size|gr(ö|oe)(ß|ss)e|taille|talla|taglia|maat|rozmiar)s?([^a-z]|$)/i;

const SOLD_OUT = /sold.?out|out of stock|ausverkauft|vergriffen|nicht (verfügbar|lieferbar)/i;

/** Where the options of a control are: in itself, or in the listbox that a combobox or a button opens. */
export function partsOf(root: HTMLElement): HTMLElement[] {
  const opener = root.matches(OPENER) ? root : root.querySelector(OPENER);
  const list = opener && root.ownerDocument.getElementById(opener.getAttribute("aria-controls")!);
  return list ? [root, list] : [root];
}

/**
 * Finds the size controls of a page: those marked `data-vitrine-prefill="size"` (a select, or a container of a select,
 * radios, buttons or a listbox), else the only select, fieldset, radio group, listbox or combobox whose name, id, label or legend
 * says "size" in one of seven languages.
 */
export function findSizeControls(document: Document): HTMLElement[] {
  const marked = [...document.querySelectorAll<HTMLElement>(MARK)];
  if (marked[0]) return marked.map((element) => element.querySelector("select") ?? element);
  const openers = [...document.querySelectorAll(OPENER)].map((one) => one.getAttribute("aria-controls"));
  const guessed = [...document.querySelectorAll<HTMLElement>(GUESSED)].filter((element) => {
    const { name, id, ariaLabel, labels } = element as HTMLSelectElement;
    // The list of a combobox is a part of that.
    if (openers.includes(id)) return false;
    const named = document.getElementById(element.getAttribute("aria-labelledby") ?? "");
    const words = element.querySelector("legend") ?? labels?.[0] ?? named;
    // The first words: a label's text may go on with the options of its select.
    return SIZE_NAME.test([name, id, ariaLabel, words?.firstChild?.textContent].join("|"));
  });
  return guessed[1] ? [] : guessed;
}

/** What can be chosen; not what opens the list of it. */
const OPTIONS = "input[type=radio],button:not([aria-haspopup]),[role=radio],[role=option]";

/** True for a control that the shop marked; others are only guessed. */
export const isMarked = (root: HTMLElement): boolean => !!root.closest(MARK);

/** What an option may be called, the surest first. */
function wordsOf({ labels, textContent, ariaLabel, value, dataset }: HTMLInputElement): string[] {
  const text = (labels?.[0]?.textContent ?? textContent).trim();
  return [dataset["size"], ariaLabel, text, text.split(/[\s(]/)[0], value].map((word) => word ?? "");
}

const labelOf = (element: HTMLInputElement, system: string): string | undefined =>
  wordsOf(element).find((word) => placeOf(system, word) >= 0);

/**
 * Reads the sizes of a control; options that are on no ladder are none.
 * @param system the size system where it is known, else it is guessed from the labels.
 * @param stock sizes by label; false is sold out.
 */
export function readSizes(
  root: HTMLElement,
  system: string | undefined,
  stock: Record<string, boolean>,
): [system: string | undefined, options: SizeOption[]] {
  const elements = [
    ...((root as HTMLSelectElement).options ??
      partsOf(root).flatMap((part) => [...part.querySelectorAll<HTMLElement>(OPTIONS)])),
  ] as (HTMLInputElement & HTMLOptionElement)[];
  system ??= guessSystem(elements.flatMap((element) => labelOf(element, "INT") ?? []));
  const options = elements.flatMap((element): SizeOption[] => {
    const found = labelOf(element, system ?? "");
    if (!found) return [];
    const label = normalLabel(found);
    const { checked, selected, index, defaultSelected, labels } = element;
    const isGone =
      element.matches(":disabled,[hidden]") ||
      [element, labels?.[0]].some((one) =>
        one?.closest("[aria-disabled=true],[data-sold-out]:not([data-sold-out=false])"),
      ) ||
      stock[label] === false ||
      SOLD_OUT.test(wordsOf(element).join());
    return [
      {
        _element: element,
        _label: label,
        _isFree: !isGone,
        // A select without placeholder shows its first size though nobody chose it; only at a marked one that is sure.
        _isChosen:
          checked ||
          (selected && (index > 0 || defaultSelected || !isMarked(root))) ||
          element.matches("[aria-pressed=true],[aria-checked=true],[aria-selected=true]"),
      },
    ];
  });
  return [system, options];
}

function tell(element: HTMLElement): void {
  for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, { bubbles: true }));
}

const stay = (event: Event): void => event.preventDefault();

/**
 * Chooses an option as a shopper would, so that every framework hears it; sends no form.
 * @returns takes the choice back, as far as the control can be without one: buttons cannot.
 */
export function chooseSize(root: HTMLElement, option: HTMLElement): () => void {
  const window = root.ownerDocument.defaultView!;
  if ("selectedIndex" in root) {
    // No property that frameworks shadow on the element, as they do with `value`.
    const before = root.selectedIndex;
    root.selectedIndex = (option as HTMLOptionElement).index;
    tell(root);
    return () => {
      root.selectedIndex = before;
      tell(root);
    };
  }
  window.addEventListener("submit", stay, true);
  // Custom lists listen to the press rather than to the click.
  if (option.getAttribute("role") === "option")
    for (const [name, Kind] of [
      ["pointerdown", window.PointerEvent],
      ["mousedown", window.MouseEvent],
      ["pointerup", window.PointerEvent],
      ["mouseup", window.MouseEvent],
    ] as const)
      option.dispatchEvent(new Kind(name, { bubbles: true, cancelable: true, composed: true }));
  option.click();
  window.removeEventListener("submit", stay, true);
  return () => {
    if (!("checked" in option)) return;
    // The prototype's setter: React's own on the element would take the change for known.
    Object.getOwnPropertyDescriptor(window.HTMLInputElement.prototype, "checked")!.set!.call(option, false);
    tell(option);
  };
}
