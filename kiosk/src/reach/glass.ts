/** The picture of a panel as it hangs, in millimetres. */
export interface Glass {
  width: number;
  height: number;
  /** Of its lower edge, measured from the floor a wheelchair stands on. */
  aboveFloor: number;
}

/** Smaller than a tablet, or larger than a wall, is a slip of the pen. */
const [LEAST, MOST] = [100, 5000];

/**
 * Reads `530x940@600`: 530 mm wide, 940 mm high, the lower edge 600 mm above the floor.
 * @returns undefined for anything else
 */
export function parseGlass(text: string): Glass | undefined {
  const [, width, height, aboveFloor] = (/^(\d{3,4})x(\d{3,4})@(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (width === undefined || height === undefined || aboveFloor === undefined) return undefined;
  const isGlass = [width, height].every((side) => side >= LEAST && side <= MOST) && aboveFloor <= MOST;
  return isGlass ? { width, height, aboveFloor } : undefined;
}
