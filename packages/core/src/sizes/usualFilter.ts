import { DAY_MS } from "../profile/dayCounts.ts";
import type { SizeQuestion } from "./usualSize.ts";
import type { SizeVote } from "./votes.ts";

/** A filter of a list that may be set for her, visibly. */
export interface UsualFilter {
  /** As `Product List Filtered` names it: `size`. */
  name: string;
  value: string;
  votes: SizeVote[];
}

/** A season: what was looked for before says little. */
const WINDOW_MS = 90 * DAY_MS;

/** Searches that make a habit; a list is cleared with one click, so less than a purchase will do. */
const MIN_SEARCHES = 3;

/**
 * The size that she looks for in a garment group: the newest one that she searched or filtered by, if that happened three times
 * within 90 days. Another newer size is another person's, or a gift's, and opens nothing.
 * @param votes newest first, as `sizeVotes` gives them
 */
export function usualFilter(
  votes: readonly SizeVote[],
  { group, system, department }: SizeQuestion,
  now: number,
): UsualFilter | undefined {
  const searches = votes.filter(
    (vote) =>
      vote.kind === "search" &&
      vote.group === group &&
      vote.system === system &&
      (!department || !vote.department || vote.department === department) &&
      vote.time > now - WINDOW_MS,
  );
  const [newest] = searches;
  const same = searches.filter(({ label }) => label === newest?.label);
  return newest && same.length >= MIN_SEARCHES
    ? { name: "size", value: newest.label, votes: same }
    : undefined;
}
