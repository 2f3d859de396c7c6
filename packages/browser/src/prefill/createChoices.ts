import { normalLabel, productOf, type Decision, type Outcome, type Product } from "@vitrine/core";
import { attempt } from "../attempt.ts";
import { showNote } from "./note.ts";

/** What it needs. */
export interface ChoicesOptions {
  window: Window & typeof globalThis;
  /** Decides for a control: its mark, `filters` or `store`, is the placement. */
  decide: (placement: string, product?: Product) => Decision;
  /** Called once for each control that was filled. */
  onShown: (decision: Decision) => void;
}

/** Filters and store choices of a page. */
export interface Choices {
  update(): void;
  undo(): void;
}

const KEY = "vitrine.filled";

/** What fills a control. */
type Filling = Extract<Outcome, { type: "filters" | "store" }>;

/** One choice of a control. */
interface Option {
  _element: HTMLElement;
  _values: (string | undefined)[];
  _isChosen: boolean;
}

/**
 * Fills controls that the shop marked `data-vitrine-prefill="filters"` or `"store"`, where nothing is chosen, as the shopper
 * would, and sends the form of those marked `data-vitrine-submit`. Once in a session and page: after her "clear", or her way back, it stays hers. What it
 * filled is remembered for the session, so that the reloaded page can say it and offer to clear it.
 */
export function createChoices({ window, decide, onShown }: ChoicesOptions): Choices {
  const { document, location } = window;
  const notes = new Map<HTMLElement, { note: HTMLElement; clear: () => void }>();
  /** By page and control: what was filled in, or `""` once she cleared it. */
  const filled = (): Record<string, string> =>
    attempt(() => JSON.parse(window.sessionStorage.getItem(KEY)!) as Record<string, string>) ?? {};
  const remember = (key: string, value: string) =>
    attempt(() => window.sessionStorage.setItem(KEY, JSON.stringify({ ...filled(), [key]: value })));

  const say = (root: HTMLElement, key: string, { outcome, because }: Decision, value: string): void => {
    const clear = () => {
      remember(key, "");
      notes.delete(root);
      clearControl(root);
      submit(root);
    };
    const { words } = outcome as Filling;
    const note = showNote(root, because ?? value, [[words.clear, clear]]);
    notes.set(root, { note, clear: () => clearControl(root) });
  };

  const look = (root: HTMLElement): void => {
    if (notes.get(root)?.note.isConnected) return;
    const placement = root.dataset["vitrinePrefill"]!;
    const key = `${location.pathname} ${placement}`;
    const decision = decide(placement, productAt(root));
    const value = valueOf(decision);
    const options = optionsOf(root);
    const ours = value && options.find(({ _values }) => _values.includes(value));
    if (!ours) return;
    const kept = filled();
    const isFilled = Object.hasOwn(kept, key);
    if (ours._isChosen && kept[key] === value) return say(root, key, decision, value);
    if (isFilled || options.some(({ _isChosen }) => _isChosen)) return;
    remember(key, value);
    say(root, key, decision, value);
    onShown(decision);
    choose(root, ours._element);
    submit(root);
  };

  return {
    update: () =>
      document
        .querySelectorAll<HTMLElement>("[data-vitrine-prefill=filters],[data-vitrine-prefill=store]")
        .forEach(look),
    undo() {
      for (const { note, clear } of notes.values()) {
        note.remove();
        clear();
      }
      attempt(() => window.sessionStorage.removeItem(KEY));
    },
  };
}

/** What the control says of the articles it filters. */
function productAt({ dataset }: HTMLElement): Product | undefined {
  return productOf({
    product_id: "-",
    size_system: dataset["sizeSystem"] ?? "",
    size_group: dataset["sizeGroup"] ?? "",
    department: dataset["sizeDepartment"] ?? "",
    category: dataset["category"] ?? "",
  });
}

function valueOf({ outcome }: Decision): string | undefined {
  if (outcome?.type === "store") return outcome.store;
  return outcome?.type === "filters" ? outcome.filters[0]?.value : undefined;
}

const selectOf = (root: HTMLElement): HTMLSelectElement | null =>
  root.matches("select") ? root : root.querySelector("select");

function optionsOf(root: HTMLElement): Option[] {
  const elements = [
    ...(selectOf(root)?.options ??
      root.querySelectorAll<HTMLElement>(
        "input[type=radio],input[type=checkbox],[role=radio],[role=option]",
      )),
  ] as HTMLInputElement[];
  const options = elements.map((element): Option => {
    const { value, dataset, labels, textContent, checked } = element;
    const { selected, index } = element as unknown as HTMLOptionElement;
    const words = [value, dataset["value"], (labels?.[0] ?? element).textContent?.trim(), textContent];
    return {
      _element: element,
      _values: words.flatMap((word) => (word ? [word, normalLabel(word)] : [])),
      _isChosen:
        checked || (selected && index > 0) || element.matches("[aria-checked=true],[aria-selected=true]"),
    };
  });
  return options.filter(({ _element }) => !_element.matches(":disabled"));
}

function tell(element: HTMLElement): void {
  for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, { bubbles: true }));
}

function choose(root: HTMLElement, option: HTMLElement): void {
  const select = selectOf(root);
  if (!select) return option.click();
  select.selectedIndex = (option as HTMLOptionElement).index;
  tell(select);
}

/** Where the shop says so, its form is sent as by its own button. */
function submit(root: HTMLElement): void {
  if ("vitrineSubmit" in root.dataset) root.closest("form")?.requestSubmit();
}

/** Back to no choice: the first entry of a select, nothing checked, no chosen option. */
function clearControl(root: HTMLElement): void {
  const select = selectOf(root);
  if (select) {
    select.selectedIndex = 0;
    return tell(select);
  }
  for (const element of root.querySelectorAll<HTMLInputElement>(
    "input:checked,[aria-checked=true],[aria-selected=true]",
  )) {
    if (element.type === "radio") {
      element.checked = false;
      tell(element);
    } else element.click();
  }
}
