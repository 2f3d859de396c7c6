import type { Glass } from "./glass.ts";

/** Everything that is touched from a wheelchair lies between these, in mm above the floor. */
export const REACH = { lowest: 380, highest: 1220 } as const;

/** A band that is lower than this holds no screen, in mm: a glass that hangs so high has to come down. */
const LEAST_BAND = 280;

/** Where hands reach, in pixels of the page. */
export interface Reach {
  /** Pixels of a millimetre. */
  mm: number;
  /** From the upper edge of the glass to the highest point within reach; 0 where all of it is. */
  top: number;
  /** From the lower edge of the glass to the lowest point within reach. */
  foot: number;
}

/** Where hands reach on a glass. @param page its size in pixels */
export function reachOf(glass: Glass, page: { width: number; height: number }): Reach {
  const mm = Math.min(page.width / glass.width, page.height / glass.height);
  const foot = Math.max(0, REACH.lowest - glass.aboveFloor);
  const highest = Math.max(REACH.highest - glass.aboveFloor, foot + LEAST_BAND);
  const top = Math.max(0, glass.height - highest);
  return { mm, top: top * mm, foot: foot * mm };
}
