import type { ScannedText } from "./scanner.ts";

/** How often the same code must have been read to count. */
export interface AgreementOptions {
  /** In so many frames … */
  needed: number;
  /** … of the last so many. */
  of: number;
}

/** What a single frame misreads, the next ones misread in another way. */
const DEFAULTS: AgreementOptions = { needed: 3, of: 5 };

/**
 * Creates the judge over what single frames say. A code counts once; again when it was out of sight for as many frames as
 * are looked back upon.
 * @returns a function that takes all codes of the next frame, and gives those that count from now on
 */
export function createAgreement({ needed, of }: AgreementOptions = DEFAULTS): (
  codes: ScannedText[],
) => ScannedText[] {
  let frames: Set<string>[] = [];
  const agreed = new Set<string>();
  return (codes) => {
    const byKey = new Map(codes.map((code) => [`${code.format} ${code.text}`, code]));
    frames = [...frames, new Set(byKey.keys())].slice(-of);
    for (const key of agreed) if (!frames.some((frame) => frame.has(key))) agreed.delete(key);
    const isNew = (key: string) =>
      !agreed.has(key) && frames.filter((frame) => frame.has(key)).length >= needed;
    const found = [...byKey].filter(([key]) => isNew(key));
    for (const [key] of found) agreed.add(key);
    return found.map(([, code]) => code);
  };
}
