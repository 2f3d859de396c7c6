/** What stands on a screen, in the order in which it is read. */
export interface Said {
  title: string;
  /** Instructions, notices and answers. */
  lines: string[];
  /** Seconds to go, where they are counted down. */
  count: string | undefined;
}

/** What is to be said, and whether it waits until what is being said is over. */
export interface Saying {
  text: string[];
  waits: boolean;
}

/**
 * What is new on a screen: another title, lines that were not there, seconds to go. A line in which nothing but a number
 * changes is said once. What was added to a screen waits for its turn; another screen, and seconds, do not.
 */
export function whatToSay(before: Said | undefined, after: Said): Saying {
  const title = before?.title === after.title ? [] : [after.title];
  const known = new Set(before?.lines.map(withoutNumbers));
  const lines = after.lines.filter((line) => !known.has(withoutNumbers(line)));
  const count = after.count === undefined || after.count === before?.count ? [] : [after.count];
  return {
    text: [...title, ...lines, ...count].filter(Boolean),
    waits: title.length === 0 && count.length === 0,
  };
}

const withoutNumbers = (line: string): string => line.replaceAll(/\d+/g, "0");
