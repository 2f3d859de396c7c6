/** The centre line of the sheet. */
export const CX = 300;

/** Half the width of a neck at the shoulders. */
export const NECK = 46;

/** The upper body, shared by blouses and dresses. Half widths from the centre line. */
export interface Bodice {
  neck: "round" | "v" | "collar" | "tie" | "wrap" | "roll" | "notch" | "straps";
  sleeve: "long" | "rolled" | "short" | "puff" | "cap" | "none";
  shoulderY: number;
  shoulder: number;
  chest: number;
  waist: number;
  waistY: number;
  hem: number;
  bottom: number;
  /** Depth of the front neckline below the shoulder point. */
  depth: number;
}
