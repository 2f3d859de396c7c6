/** What of a key press decides: the fields that a page's `keydown` and Electron's `before-input-event` have in common. */
export interface KeyPress {
  key: string;
  isControl: boolean;
  isAlt: boolean;
  isMeta: boolean;
}

/** Keys without a character that the mirror's screens use. `Escape` means "back" there. */
const NAMED = new Set([
  "Tab",
  "Shift",
  "Enter",
  "Escape",
  "Backspace",
  "Delete",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

/**
 * True for keys that stay within a page: characters and the keys that move the focus.
 * All else belongs to a browser or to the system (chords, function keys, print), so what is not listed is refused.
 */
export function isAllowedKey({ key, isControl, isAlt, isMeta }: KeyPress): boolean {
  if (isControl || isAlt || isMeta) return false;
  return /^.$/u.test(key) || NAMED.has(key);
}
