/** Degrees of a whole turn. */
export const FULL = 360;

/** Brings an angle, or a difference of two, to -180..180. */
export const wrap = (degrees: number): number => degrees - FULL * Math.round(degrees / FULL);

/** Degrees to radians. */
export const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Radians to degrees. */
export const degrees = (angle: number): number => (angle * 180) / Math.PI;
