import type { Column } from "./formatDelivery.ts";
import type { Subject } from "./playCell.ts";
import { allWell } from "./scenarios/allWell.ts";

/**
 * What makes a run fail: a cell that could not be played; a control in which not all arrived once, so that other
 * figures of that library mean nothing; an event of ours that was lost or stored twice.
 */
export function verdict(
  subjects: readonly Subject[],
  columns: readonly Column[],
  scenarios: readonly string[],
): string[] {
  return subjects.flatMap(({ key, isOurs }, at) =>
    scenarios.flatMap((name) => {
      const cell = columns[at]!.cells[name];
      const fail = (what: string) => [`${name}, ${key}: ${what}`];
      if (!cell) return fail("could not be played");
      const { asked, created, lost, repeats, storedTwice, store } = cell;
      if (name === allWell.name && (created < asked || lost > 0 || repeats > 0))
        return fail("the control failed");
      const missing = lost + (store ? created - store.stored : 0);
      const twice = storedTwice + (store?.storedTwice ?? 0);
      return isOurs && missing + twice > 0 ? fail(`lost ${missing}, stored twice ${twice}`) : [];
    }),
  );
}
