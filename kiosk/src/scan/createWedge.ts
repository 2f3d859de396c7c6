/** A key press as a keyboard wedge reads it: what `KeyboardEvent` has. */
export interface WedgeKey {
  key: string;
  /** When the hardware sent it, in ms; not when the page came to read it. */
  timeStamp: number;
}

/** What a key press was: nobody's in particular, one of a scanner's, or the Enter that ends a scan. */
export type WedgeAnswer = { kind: "key" } | { kind: "burst" } | { kind: "scan"; text: string };

/** Hands type slower; a scanner over USB or Bluetooth faster. */
const MAX_GAP_MS = 45;

/** So many keys in one go are no hand's: the shortest product number has eight. */
const MIN_KEYS = 6;

/** Longer than any code; what goes on longer is a stuck key. */
const MAX_KEYS = 4300;

/** Keys that a scanner holds meanwhile, and a hand's keyboard repeats. */
const SILENT = new Set(["Shift", "CapsLock"]);

/**
 * Tells a hand-held scanner's typing from a hand's. Such a scanner is a keyboard (a "keyboard wedge"): it types what
 * it read, a few ms between the keys, and then Enter.
 * @returns to be called for each `keydown`
 */
export function createWedge(): (press: WedgeKey) => WedgeAnswer {
  let text = "";
  let lastAt = Number.NEGATIVE_INFINITY;
  return ({ key, timeStamp }) => {
    if (SILENT.has(key)) return { kind: "key" };
    const isFast = timeStamp - lastAt <= MAX_GAP_MS;
    lastAt = timeStamp;
    const burst = isFast ? text : "";
    if (key === "Enter") {
      text = "";
      return burst.length >= MIN_KEYS ? { kind: "scan", text: burst } : { kind: "key" };
    }
    const isCharacter = /^.$/u.test(key);
    text = isCharacter && burst.length < MAX_KEYS ? burst + key : "";
    return { kind: text.length >= MIN_KEYS ? "burst" : "key" };
  };
}
