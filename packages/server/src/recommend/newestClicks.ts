import type { Visit } from "@vitrine/core";

/** Articles that pages tell of a visit under way: VMIS-kNN looks at no more. */
export const MAX_TOLD = 4;

/** A visit as a page tells it, from its profile: each article once, by its last click, the newest few. */
export const newestClicks = (visit: Visit): Visit =>
  visit.filter((id, place) => visit.lastIndexOf(id) === place).slice(-MAX_TOLD);
